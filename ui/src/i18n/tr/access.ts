// The staff PIN and the recovery code, in Turkish.

export const access = {
  'access.title': 'Görevli PIN’i',
  'access.what': 'Ziyaretçi ekranından çıkmak için PIN’i girin.',
  'access.codeTitle': 'Kurtarma kodu',
  'access.codeWhat': 'Basılı kâğıttaki 20 harf ve rakamı girin. Kod bir kez geçerlidir; sonra yeni bir PIN seçin.',
  'access.digits': { one: '{n} rakam girildi', other: '{n} rakam girildi' },
  'access.letters': { one: '20’den {n} girildi', other: '20’den {n} girildi' },
  'access.keys': 'Tuşlar',
  'access.delete': 'Sonuncuyu sil',
  'access.check': 'PIN’i denetle',
  'access.checkCode': 'Kodu denetle',
  'access.back': 'Geri',
  'access.forgot': 'PIN’i unuttum',
  'access.usePin': 'Bunun yerine PIN gir',
  'access.looking': 'Denetleniyor…',
  'access.wrong': { one: 'Bu değildi. {n} deneme kaldı.', other: 'Bu değildi. {n} deneme kaldı.' },
  'access.locked': 'Çok fazla deneme yapıldı.',
  'access.waitSeconds': { one: '{n} saniye sonra yeniden deneyin.', other: '{n} saniye sonra yeniden deneyin.' },
  'access.waitMinutes': { one: '{n} dakika sonra yeniden deneyin.', other: '{n} dakika sonra yeniden deneyin.' },
} as const

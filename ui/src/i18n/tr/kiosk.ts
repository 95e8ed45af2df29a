// The visitors’ screen, in Turkish.

export const kiosk = {
  'kiosk.askMe': 'Bana sorun',
  'kiosk.touch': 'Başlamak için ekrana dokunun',
  'kiosk.topics': 'Konular',
  'kiosk.chooseLanguage': 'Dilinizi seçin',
  'kiosk.contrast': 'Güçlü karşıtlık',

  'kiosk.listen': 'Sesli oku',
  'kiosk.stopListening': 'Okumayı durdur',
  'kiosk.takeAlong': 'Yanınıza alın',
  'kiosk.takeAlongHow': 'Telefonunuzun kamerasını kareye tutun. Kare aşağıdaki metni içerir; hiçbir şey gönderilmez.',
  'kiosk.takeAlongPicture': 'Telefon kamerası için bir kare. Yanındaki metni içerir.',
  'kiosk.takeAlongCut': 'Kare, yanıtın başını içerir.',

  'kiosk.stillThere': 'Hâlâ orada mısınız?',
  'kiosk.stillThereLine': { one: 'Bu ekran {n} saniye sonra sorularınızı unutacak.', other: 'Bu ekran {n} saniye sonra sorularınızı unutacak.' },
  'kiosk.stay': 'Evet, devam',
  'kiosk.finish': 'Hayır, bitirdim',

  'kiosk.personLine': 'Görevliler beklediğinizi görecek. Hiçbir şey doldurmanız gerekmez.',
  'kiosk.personContact': 'Adınız veya telefon numaranız',
  'kiosk.personNote': 'Konu nedir?',
  'kiosk.personCall': 'Görevlilere haber ver',
  'kiosk.personCalling': 'Görevlilere haber veriliyor…',
  'kiosk.personNumber': 'Numaranız',
  'kiosk.personBack': 'Sorularıma dön',
  'kiosk.personFailed': 'Görevlilere şu anda haber verilemedi. Onlara şöyle ulaşabilirsiniz:',
  'kiosk.personReplies': 'Görevlilerin yanıtları burada görünür.',
  'kiosk.staff': 'Görevliler',

  'kiosk.keyboard': 'Klavye',
  'kiosk.keyShift': 'Büyük harfler',
  'kiosk.keyBackspace': 'Bir karakter sil',
  'kiosk.keySpace': 'Boşluk',
  'kiosk.keySend': 'Gönder',
  'kiosk.keyNext': 'Sonraki alan',
  'kiosk.keyHide': 'Klavyeyi gizle',
  'kiosk.keySigns': 'Sayılar ve işaretler',
  'kiosk.keyLetters': 'Harfler',

  'kiosk.leaveTitle': 'Yalnızca görevliler için',
  'kiosk.leaveNoPin': 'Henüz bir görevli PIN’i yok. Önce görevli penceresinde bir tane seçin.',
  'kiosk.closedTitle': 'Bu ekran kapalı',
  'kiosk.closedLine': 'Görevliler yeniden açana kadar burada soru sorulamaz.',

  'kiosk.calmTitle': 'Bir dakika lütfen',
  'kiosk.calmLine': {
    one: 'Aynı anda çok fazla tuşa basıldı. {n} saniye sonra devam eder.',
    other: 'Aynı anda çok fazla tuşa basıldı. {n} saniye sonra devam eder.',
  },
  'kiosk.pasteTooLong': 'Bu çok uzun. Lütfen kısa bir soru yazın.',

  'kiosk.tour': 'Tur',
  'kiosk.tourStep': 'Soru {step} / {all}',
  'kiosk.tourNext': 'Bunu sor',
  'kiosk.bytesSent': { one: '{n} bayt gönderildi', other: '{n} bayt gönderildi' },
  'kiosk.onlyHere': 'Bu sayfa yalnızca bu programla konuşabilir.',
  'kiosk.reset': 'Sıfırla (F9)',
} as const

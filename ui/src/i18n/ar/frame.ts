// The frame of the staff window: rail, modes, what every page shares, in Arabic.

export const frame = {
  'frame.places': 'الصفحات',
  'frame.goTo': 'انتقل إلى…',
  'frame.goToHint': 'اكتب بضعة أحرف',
  'frame.goToNothing': 'لا صفحة فيها هذه الكلمات. جرّب أحرفًا أقل.',
  'frame.expert': 'عرض للخبراء',
  'frame.expertHint': 'يُظهر أرقامًا وأسماء لا يحتاج إليها إلا قليلون',
  'frame.placeFailed': 'تعذّر فتح هذه الصفحة.',
  'frame.about.home': 'ما يلزم قبل فتح الأبواب',
  'frame.about.try': 'اطرح سؤالًا كما يطرحه الزائر',
  'frame.about.knowledge': 'الإجابات والمستندات والأسئلة المنتظرة',
  'frame.about.orders': 'من أين تأتي الطلبات وما مدى حداثتها',
  'frame.about.visitors': 'المحادثات وطلبات التحدّث مع شخص',
  'frame.about.insights': 'كم يسألون وعمّ يسألون وما السرعة',
  'frame.about.look': 'الاسم والشعار والألوان والترحيب واللغات',
  'frame.about.kiosk': 'ملء الشاشة والقفل والمواضيع للزوار',
  'frame.about.privacy': 'ما يُحفظ وإلى متى، والنسخ الاحتياطية',
  'frame.about.network': 'الأجهزة القريبة ومحركات أخرى وحواسيب أكثر',
  'frame.about.computer': 'السرعة والنماذج والإعدادات وخطة لزوار أكثر',
} as const

// What the program is and what happened lately, in Arabic.

export const about = {
  'computer.tab.about': 'حول البرنامج والسجل',
  'about.title': 'حول Frontdesk',
  'about.version': 'الإصدار {version}',
  'about.what': 'مكتب مساعدة يعمل على هذا الحاسوب وحده، ولا يرسل أي شيء.',
  'about.licences': 'تراخيص كل ما في البرنامج',
  'about.log': 'ما حدث مؤخرًا',
  'about.logWhat': 'لمن يساعدك. لا يحتوي على أسئلة الزوار ولا أسمائهم ولا أرقامهم.',
  'about.show': 'إظهار السجل',
  'about.lines': 'أسطر السجل',
  'about.logEmpty': 'لم يُسجَّل شيء بعد.',
  'about.folder': 'الملفات موجودة في {folder}.',
  'about.copy': 'نسخ السجل',
  'about.copied': 'تم النسخ.',
  'about.again': 'انظر مرة أخرى',
  'about.loading': 'جارٍ القراءة…',
} as const

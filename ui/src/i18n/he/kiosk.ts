// The visitors’ screen, in Hebrew.

export const kiosk = {
  'kiosk.askMe': 'אפשר לשאול אותי',
  'kiosk.touch': 'לגעת במסך כדי להתחיל',
  'kiosk.topics': 'נושאים',
  'kiosk.chooseLanguage': 'בחירת שפה',
  'kiosk.contrast': 'ניגודיות חזקה',

  'kiosk.listen': 'להקריא בקול',
  'kiosk.stopListening': 'להפסיק להקריא',
  'kiosk.takeAlong': 'לקחת איתך',
  'kiosk.takeAlongHow': 'יש לכוון את מצלמת הטלפון אל הריבוע. הוא מכיל את המילים שלמטה; דבר לא נשלח.',
  'kiosk.takeAlongPicture': 'ריבוע למצלמת טלפון. הוא מכיל את המילים שלידו.',
  'kiosk.takeAlongCut': 'הריבוע מכיל את תחילת התשובה.',

  'kiosk.stillThere': 'עדיין כאן?',
  'kiosk.stillThereLine': {
    one: 'בעוד שנייה אחת המסך הזה ישכח את השאלות שלך.',
    two: 'בעוד שתי שניות המסך הזה ישכח את השאלות שלך.',
    other: 'בעוד {n} שניות המסך הזה ישכח את השאלות שלך.',
  },
  'kiosk.stay': 'כן, להמשיך',
  'kiosk.finish': 'לא, סיימתי',

  'kiosk.personLine': 'הצוות יראה שיש כאן המתנה. אין צורך למלא דבר.',
  'kiosk.personContact': 'השם או מספר הטלפון שלך',
  'kiosk.personNote': 'במה מדובר?',
  'kiosk.personCall': 'להודיע לצוות',
  'kiosk.personCalling': 'מודיע לצוות…',
  'kiosk.personNumber': 'המספר שלך',
  'kiosk.personBack': 'חזרה לשאלות שלי',
  'kiosk.personFailed': 'לא הצלחנו להודיע לצוות כרגע. אפשר להגיע אליו כך:',
  'kiosk.personReplies': 'תשובות הצוות יופיעו כאן.',
  'kiosk.staff': 'צוות',

  'kiosk.keyboard': 'מקלדת',
  'kiosk.keyShift': 'אותיות גדולות',
  'kiosk.keyBackspace': 'מחיקת תו אחד',
  'kiosk.keySpace': 'רווח',
  'kiosk.keySend': 'שליחה',
  'kiosk.keyNext': 'השדה הבא',
  'kiosk.keyHide': 'הסתרת המקלדת',
  'kiosk.keySigns': 'מספרים וסימנים',
  'kiosk.keyLetters': 'אותיות',

  'kiosk.leaveTitle': 'לצוות בלבד',
  'kiosk.leaveNoPin': 'עדיין אין קוד סודי לצוות. יש לבחור אחד קודם בחלון הצוות.',
  'kiosk.closedTitle': 'המסך הזה סגור',
  'kiosk.closedLine': 'אי אפשר לשאול כאן עד שהצוות יפתח אותו שוב.',

  'kiosk.calmTitle': 'רגע אחד, בבקשה',
  'kiosk.calmLine': {
    one: 'נלחצו יותר מדי מקשים בבת אחת. ממשיכים בעוד שנייה אחת.',
    two: 'נלחצו יותר מדי מקשים בבת אחת. ממשיכים בעוד שתי שניות.',
    other: 'נלחצו יותר מדי מקשים בבת אחת. ממשיכים בעוד {n} שניות.',
  },
  'kiosk.pasteTooLong': 'זה ארוך מדי. כדאי לכתוב שאלה קצרה.',

  'kiosk.tour': 'סיור',
  'kiosk.tourStep': 'שאלה {step} מתוך {all}',
  'kiosk.tourNext': 'לשאול אותה',
  'kiosk.bytesSent': { one: 'נשלח בית אחד', two: 'נשלחו שני בתים', other: 'נשלחו {n} בתים' },
  'kiosk.onlyHere': 'הדף הזה יכול לדבר רק עם התוכנה הזאת.',
  'kiosk.reset': 'איפוס (F9)',
} as const

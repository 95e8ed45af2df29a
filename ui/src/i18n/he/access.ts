// The staff PIN and the recovery code, in Hebrew.

export const access = {
  'access.title': 'הקוד הסודי של הצוות',
  'access.what': 'יש להקיש את הקוד הסודי כדי לצאת ממסך המבקרים.',
  'access.codeTitle': 'קוד שחזור',
  'access.codeWhat': 'יש להקיש את 20 האותיות והספרות מהדף המודפס. הוא פועל פעם אחת; אחר כך יש לבחור קוד סודי חדש.',
  'access.digits': { one: 'הוקשה ספרה אחת', two: 'הוקשו שתי ספרות', other: 'הוקשו {n} ספרות' },
  'access.letters': { one: 'הוקש {n} מתוך 20', two: 'הוקשו {n} מתוך 20', other: 'הוקשו {n} מתוך 20' },
  'access.keys': 'מקשים',
  'access.delete': 'מחיקת האחרון',
  'access.check': 'בדיקת הקוד הסודי',
  'access.checkCode': 'בדיקת קוד השחזור',
  'access.back': 'חזרה',
  'access.forgot': 'שכחתי את הקוד הסודי',
  'access.usePin': 'להקיש את הקוד הסודי במקום',
  'access.looking': 'בודק…',
  'access.wrong': {
    one: 'זה לא היה נכון. נותר ניסיון אחד.',
    two: 'זה לא היה נכון. נותרו שני ניסיונות.',
    other: 'זה לא היה נכון. נותרו {n} ניסיונות.',
  },
  'access.locked': 'יותר מדי ניסיונות.',
  'access.waitSeconds': {
    one: 'אפשר לנסות שוב בעוד שנייה אחת.',
    two: 'אפשר לנסות שוב בעוד שתי שניות.',
    other: 'אפשר לנסות שוב בעוד {n} שניות.',
  },
  'access.waitMinutes': { one: 'אפשר לנסות שוב בעוד דקה אחת.', two: 'אפשר לנסות שוב בעוד שתי דקות.', other: 'אפשר לנסות שוב בעוד {n} דקות.' },
} as const

// One line in each language a desk may speak. They stand side by side on the first screen, before any of the languages is loaded.

export type Greeting = { line: string; name: string; direction: 'ltr' | 'rtl' }

export const GREETINGS: Record<string, Greeting> = {
  en: { line: 'Hello! What can I help you with?', name: 'English', direction: 'ltr' },
  de: { line: 'Guten Tag! Womit kann ich helfen?', name: 'Deutsch', direction: 'ltr' },
  fr: { line: 'Bonjour ! Comment puis-je vous aider ?', name: 'Français', direction: 'ltr' },
  es: { line: '¡Hola! ¿En qué puedo ayudarle?', name: 'Español', direction: 'ltr' },
  it: { line: 'Buongiorno! Come posso aiutarla?', name: 'Italiano', direction: 'ltr' },
  nl: { line: 'Hallo! Waarmee kan ik u helpen?', name: 'Nederlands', direction: 'ltr' },
  sv: { line: 'Hej! Vad kan jag hjälpa till med?', name: 'Svenska', direction: 'ltr' },
  pl: { line: 'Dzień dobry! W czym mogę pomóc?', name: 'Polski', direction: 'ltr' },
  pt: { line: 'Olá! Em que posso ajudar?', name: 'Português', direction: 'ltr' },
  tr: { line: 'Merhaba! Size nasıl yardımcı olabilirim?', name: 'Türkçe', direction: 'ltr' },
  ar: { line: 'مرحبًا! كيف يمكنني مساعدتك؟', name: 'العربية', direction: 'rtl' },
  he: { line: 'שלום! במה אפשר לעזור?', name: 'עברית', direction: 'rtl' },
}

// One line in each language a desk may speak. They stand side by side on the first screen, before any of the languages is loaded.

export type Greeting = { line: string; ask: string; name: string; direction: 'ltr' | 'rtl' }

export const GREETINGS: Record<string, Greeting> = {
  en: { line: 'Hello! What can I help you with?', ask: 'Ask me', name: 'English', direction: 'ltr' },
  de: { line: 'Guten Tag! Womit kann ich helfen?', ask: 'Fragen Sie mich', name: 'Deutsch', direction: 'ltr' },
  fr: { line: 'Bonjour ! Comment puis-je vous aider ?', ask: 'Posez votre question', name: 'Français', direction: 'ltr' },
  es: { line: '¡Hola! ¿En qué puedo ayudarle?', ask: 'Pregúnteme', name: 'Español', direction: 'ltr' },
  it: { line: 'Buongiorno! Come posso aiutarla?', ask: 'Mi chieda', name: 'Italiano', direction: 'ltr' },
  nl: { line: 'Hallo! Waarmee kan ik u helpen?', ask: 'Stel uw vraag', name: 'Nederlands', direction: 'ltr' },
  sv: { line: 'Hej! Vad kan jag hjälpa till med?', ask: 'Fråga mig', name: 'Svenska', direction: 'ltr' },
  pl: { line: 'Dzień dobry! W czym mogę pomóc?', ask: 'Zadaj pytanie', name: 'Polski', direction: 'ltr' },
  pt: { line: 'Olá! Em que posso ajudar?', ask: 'Pergunte-me', name: 'Português', direction: 'ltr' },
  tr: { line: 'Merhaba! Size nasıl yardımcı olabilirim?', ask: 'Bana sorun', name: 'Türkçe', direction: 'ltr' },
  ar: { line: 'مرحبًا! كيف يمكنني مساعدتك؟', ask: 'اسألني', name: 'العربية', direction: 'rtl' },
  he: { line: 'שלום! במה אפשר לעזור?', ask: 'שאלו אותי', name: 'עברית', direction: 'rtl' },
}

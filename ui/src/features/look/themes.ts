// The grounds and inks of the four themes, for previews of a theme that is not on. A test keeps them equal to tokens.css.

export type ThemeName = 'light' | 'dark' | 'lightMore' | 'darkMore'
export type Theme = { surface: string; sunken: string; raised: string; line: string; lineStrong: string; ink: string; inkSoft: string }

export const THEMES: Record<ThemeName, Theme> = {
  light: {
    surface: 'oklch(0.981 0.007 85)',
    sunken: 'oklch(0.955 0.01 85)',
    raised: 'oklch(0.997 0.003 85)',
    line: 'oklch(0.895 0.012 85)',
    lineStrong: 'oklch(0.62 0.02 85)',
    ink: 'oklch(0.255 0.018 235)',
    inkSoft: 'oklch(0.46 0.018 235)',
  },
  dark: {
    surface: 'oklch(0.205 0.018 250)',
    sunken: 'oklch(0.178 0.018 250)',
    raised: 'oklch(0.247 0.02 250)',
    line: 'oklch(0.335 0.02 250)',
    lineStrong: 'oklch(0.58 0.025 245)',
    ink: 'oklch(0.94 0.008 220)',
    inkSoft: 'oklch(0.76 0.018 230)',
  },
  lightMore: {
    surface: 'oklch(1 0 0)',
    sunken: 'oklch(0.975 0.004 85)',
    raised: 'oklch(1 0 0)',
    line: 'oklch(0.5 0.01 235)',
    lineStrong: 'oklch(0.35 0.01 235)',
    ink: 'oklch(0.15 0.01 235)',
    inkSoft: 'oklch(0.32 0.015 235)',
  },
  darkMore: {
    surface: 'oklch(0.13 0.01 250)',
    sunken: 'oklch(0.1 0.01 250)',
    raised: 'oklch(0.165 0.012 250)',
    line: 'oklch(0.68 0.02 245)',
    lineStrong: 'oklch(0.82 0.02 245)',
    ink: 'oklch(0.985 0.003 220)',
    inkSoft: 'oklch(0.89 0.01 230)',
  },
}

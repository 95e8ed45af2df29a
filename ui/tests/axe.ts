// Accessibility rules that do not need a real layout.
import axe from 'axe-core'

export async function accessibilityProblems(root: Element): Promise<string[]> {
  const rules = { 'color-contrast': { enabled: false } }
  const { violations } = await axe.run(root, { rules })
  return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`)
}

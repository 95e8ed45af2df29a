// The plan of the fake desk: one formula, so that every number follows from what was asked.
import type { LoadPointView, PlanRequest, PlanView, RoadmapRowView, WayView } from '../../bindings/wire'

const USUAL = { faq: 0.6, order: 0.25, cache: 0, generated: 0.15 }
/** Seconds that one written answer keeps the fake computer busy. */
const BUSY_SECONDS = 2.4
/** Points of the curve, as shares of what it shows. */
const SHARES = [0.08, 0.2, 0.4, 0.55, 0.65, 0.72, 0.77, 0.82, 0.87, 0.93, 1]
const LOADS = [10, 100, 500, 1_000, 5_000]

const UNKNOWN: Partial<PlanView> = {
  sentences: ['The speed of this computer is not known yet.', 'Measure this computer first; it takes about 20 seconds.'],
  model: '',
  measured: false,
  this_computer: { users_per_minute: 0, by_formula: 0, p50_ms: 0, p95_ms: 0, p99_ms: 0, bound_by: 'it has not been measured yet' },
  curve: [],
}

/** Milliseconds within which 95 of 100 are answered; `null` once the queue only grows. */
function waiting(aMinute: number, generated: number): number | null {
  const load = (aMinute / 60) * generated * BUSY_SECONDS
  return load >= 0.98 ? null : 900 + (BUSY_SECONDS * 400 * load) / (1 - load)
}

function mostWithin(seconds: number, generated: number): number {
  if (generated === 0) return 1_800
  const extra = seconds * 1_000 - 900
  if (extra <= 0) return 0
  const load = extra / (extra + BUSY_SECONDS * 400)
  return (Math.min(load, 0.97) * 60) / (generated * BUSY_SECONDS)
}

function roadmapRow(users_per_minute: number, serves: number): RoadmapRowView {
  const way = (name: string, machines: number | null, usd_per_month: number | null, note: string): WayView => ({ name, machines, usd_per_month, note })
  const servers = Math.ceil(users_per_minute / 240) + 1
  const cards = users_per_minute > 600 ? Math.ceil(users_per_minute / 570) + 1 : 1
  return {
    users_per_minute,
    ways: [
      way('This computer', serves >= users_per_minute ? 1 : null, null, serves >= users_per_minute ? 'Nothing to do.' : 'Too few answers a minute.'),
      way('Servers with 16 cores', users_per_minute > 2_000 ? null : servers, users_per_minute > 2_000 ? null : servers * 248, 'The same program on each, a balancer in front.'),
      way('Servers with a graphics card', cards, cards * 438, 'A larger model, better answers.'),
      way('A cloud service for written answers', 1, users_per_minute * 2.09, 'Questions leave the house; everything else stays here.'),
    ],
  }
}

export function planFor(request: PlanRequest, isMeasured = true): PlanView {
  return isMeasured ? measuredPlan(request) : { ...measuredPlan(request), ...UNKNOWN }
}

function measuredPlan(request: PlanRequest): PlanView {
  const mix = request.mix ?? USUAL
  const within_seconds = request.within_seconds ?? 5
  const serves = mostWithin(within_seconds, mix.generated)
  const wanted = request.users_per_minute ?? 10
  const most = Math.max(serves * 1.3, 20)
  const curve = SHARES.map((share): LoadPointView => {
    const users_per_minute = share * most
    const p95_ms = waiting(users_per_minute, mix.generated)
    return { users_per_minute, p50_ms: 35 + 90 / (1.02 - Math.min(0.98, users_per_minute / most)), p95_ms }
  })
  const answer = wanted <= serves ? 'That is within what it serves.' : 'That is more than it serves; the roadmap below says what would do.'
  return {
    sentences: [
      `This computer serves about ${Number(serves.toPrecision(2))} visitors a minute with 95 of 100 answered within ${within_seconds} seconds.`,
      `You asked for ${wanted} a minute. ${answer}`,
      'More is stopped by this: writing the answers takes most of the time.',
      'The speed was measured on this computer.',
    ],
    model: 'smollm2-135m',
    measured: true,
    mix,
    mix_from: request.mix ? 'given' : 'usual',
    prompt_tokens: request.prompt_tokens ?? 310,
    answer_tokens: request.answer_tokens ?? 62,
    within_seconds,
    this_computer: {
      users_per_minute: serves,
      by_formula: serves * 1.06,
      p50_ms: 410,
      p95_ms: within_seconds * 980,
      p99_ms: within_seconds * 1_420,
      bound_by: 'writing the answers takes most of the time',
    },
    curve,
    roadmap: [...new Set([...LOADS, wanted])].sort((one, other) => one - other).map((load) => roadmapRow(load, serves)),
    claims: [
      { claim: '8 cores and 32 GB: 0.8 to 2 seconds for 5 to 10 users', verdict: 'fails', ours: '9.5 seconds with a model of that size; 1.2 seconds with the one used here' },
      { claim: 'Approved answers make a desk three times faster', verdict: 'holds', ours: '85 of 100 questions need no model at all' },
      { claim: 'One graphics card serves 1,500 a minute', verdict: 'partly', ours: '570 a minute with an 8B model; 1,500 only with a small one' },
    ],
    prices: [
      { provider: 'Hetzner', name: 'CCX43, 16 cores', kind: 'cpu', usd: 248, as_of: '2026-04', source: 'price list' },
      { provider: 'RunPod', name: 'RTX 4090', kind: 'gpu', usd: 438, as_of: '2026-04', source: 'price list' },
      { provider: 'DeepSeek', name: 'V4 Flash', kind: 'api', usd: 0.33, as_of: '2026-05', source: 'price list' },
    ],
    prices_as_of: '2026-11-22',
  }
}

export function planPage(request: PlanRequest): string {
  const { sentences } = planFor(request)
  return `<!doctype html><html lang="en"><title>Plan</title>${sentences.map((one) => `<p>${one}</p>`).join('')}</html>`
}

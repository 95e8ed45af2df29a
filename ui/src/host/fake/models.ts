// The models of the fake desk, on a computer with 16 GB of memory and no graphics card.
import type { FoundModelView, ModelChoiceView, SpeedView } from '../../bindings/wire'

export const SPEED: SpeedView = {
  model: 'smollm2-135m',
  device: 'processor, avx2',
  prefill_per_second: 412.5,
  step_base_ms: 31.2,
  step_each_ms: 4.8,
  r_squared: 0.994,
  load_ms: 420,
  threads: 4,
  first_words_seconds: 1.2,
  words_per_second: 22,
  people_at_once: 3,
  measured_at: 1_763_800_000,
  notes: [],
  sentence: 'First words after 1.2 s, 22 words a second, 3 people at once.',
}

function model(id: string, name: string, gigabytes: number, rest: Partial<ModelChoiceView>): ModelChoiceView {
  const size_bytes = Math.round(gigabytes * 1e9)
  return {
    id,
    name,
    purpose: 'chat',
    origin: 'catalogue',
    summary: '',
    size_bytes,
    size_exact: true,
    memory_bytes: Math.round(size_bytes * 1.3 + 400e6),
    licence: 'Apache-2.0',
    host: 'models.example.org',
    verdict: 'fits',
    reason: '',
    warnings: [],
    state: 'missing',
    in_use: false,
    exam: null,
    speed: null,
    ...rest,
  }
}

export const MODELS: ModelChoiceView[] = [
  model('qwen3-4b-instruct', 'Qwen3 4B Instruct', 2.497281312, {
    summary: 'Writes clear answers in 30 languages, Arabic and German among them.',
    verdict: 'recommended',
    reason: 'The largest model that fits into the free memory and still starts its answer within 3 seconds.',
  }),
  model('smollm2-135m', 'SmolLM2 135M', 0.098362432, {
    summary: 'Very small and very fast. English only, short answers.',
    reason: 'It fits anywhere. It came with the program.',
    state: 'ready',
    in_use: true,
    host: '',
    exam: 0.42,
    speed: SPEED,
  }),
  model('qwen3-1.7b', 'Qwen3 1.7B', 1.107408928, {
    summary: 'Short answers in many languages.',
    reason: 'It fits with room to spare; the recommended model writes better.',
  }),
  model('gemma-4-e2b', 'Gemma 4 E2B', 3.11, {
    summary: 'Good with long passages, 35 languages.',
    reason: 'It fits with room to spare; a little slower than the recommended one.',
    size_exact: false,
  }),
  model('granite-4-micro', 'Granite 4.0 Micro', 2.1, {
    summary: 'Careful with facts, 12 languages.',
    verdict: 'failed_exam',
    reason: 'It answered 3 questions with something that is not in the passages.',
    state: 'ready',
    exam: 0.61,
  }),
  model('qwen3-8b', 'Qwen3 8B', 5.027783488, { summary: 'Longer and richer answers.', verdict: 'too_slow', reason: 'First words after about 9 seconds on this computer.' }),
  model('qwen3-14b', 'Qwen3 14B', 9.001752576, { summary: 'For computers with a graphics card.', verdict: 'too_slow', reason: 'First words after about 17 seconds on this computer.' }),
  model('gpt-oss-20b', 'gpt-oss 20B', 12.109566624, { summary: 'For computers with 32 GB of memory.', verdict: 'too_large', reason: 'It needs 14.9 GB of memory; 9.1 GB are free.' }),
  model('all-minilm-l6-v2', 'MiniLM L6', 0.025, { purpose: 'embedding', state: 'ready', in_use: true, host: '', summary: 'Finds English passages.' }),
  model('multilingual-e5-small', 'Multilingual E5 small', 0.082, { purpose: 'embedding', licence: 'MIT', host: '', summary: 'Finds passages in 100 languages.' }),
]

export const FOUND: FoundModelView[] = [
  { program: 'Ollama', name: 'llama3.1:8b', path: '/home/desk/.ollama/models/blobs/sha256-667b', size_bytes: 4_920_753_328, id: null },
  { program: 'LM Studio', name: 'Qwen3-1.7B-Q4_K_M.gguf', path: '/home/desk/.lmstudio/models/Qwen3-1.7B-Q4_K_M.gguf', size_bytes: 1_107_408_928, id: 'qwen3-1.7b' },
]

// Turns whatever was thrown into the one error shape that the pages know.
import type { ApiError, Code } from '../bindings/wire'

export function isApiError(value: unknown): value is ApiError {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && 'message' in value
}

export function apiError(code: Code, message: string, hint: string | null = null): ApiError {
  return { code, message, hint }
}

export function toApiError(reason: unknown): ApiError {
  if (isApiError(reason)) return { ...reason, hint: reason.hint ?? null }
  return apiError('internal', reason instanceof Error ? reason.message : String(reason))
}

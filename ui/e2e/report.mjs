// Counts checks and says what happened, one line each.

export class Report {
  passed = 0
  failed = 0

  check(name, isRight, found = '') {
    if (isRight) this.passed++
    else this.failed++
    console.log(isRight ? 'ok  ' : 'FAIL', name, isRight ? '' : String(found).slice(0, 600))
  }

  /** Runs one part; whatever it throws fails that part only. */
  async part(name, work) {
    try {
      await work()
    } catch (error) {
      this.check(name, false, error?.stack ?? error)
    }
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`)
    process.exitCode = this.failed || !this.passed ? 1 : 0
  }
}

import Events
import TestSupport
import Testing

@testable import Pipeline

@Suite struct DedupeWindowTests {
    @Test func `a mark is new once and then known`() {
        var window = DedupeWindow(horizon: 10)
        #expect(isNew(mark(1), in: &window))
        #expect(!isNew(mark(1), in: &window))
        window.commit()
        #expect(!isNew(mark(1), in: &window))
        #expect(window.count == 1)
    }

    @Test func `a mark that was rolled back is new again`() {
        var window = DedupeWindow(horizon: 10)
        _ = window.insert(mark(1))
        window.commit()
        _ = window.insert(mark(2))
        window.rollback()
        #expect(isNew(mark(2), in: &window))
        #expect(!isNew(mark(1), in: &window))
    }

    @Test func `the newest mark can be taken back alone`() {
        var window = DedupeWindow(horizon: 10)
        _ = window.insert(mark(1))
        _ = window.insert(mark(2))
        window.removeNewest()
        #expect(window.pendingMarks == [mark(1)])
        #expect(isNew(mark(2), in: &window))
    }

    @Test func `a mark beyond the horizon is forgotten at the commit`() {
        var window = DedupeWindow(horizon: 3)
        for number in 1...4 { _ = window.insert(mark(number)) }
        #expect(window.count == 4, "nothing is forgotten while the batch may still fail")
        window.commit()
        #expect(window.count == 3)
        #expect(isNew(mark(1), in: &window))
        #expect(!isNew(mark(2), in: &window))
    }

    @Test func `a horizon that shrinks forgets the oldest`() {
        var window = DedupeWindow(horizon: 100)
        for number in 1...100 { _ = window.insert(mark(number)) }
        window.commit()
        window.setHorizon(10)
        window.commit()
        #expect(window.count == 10)
        #expect(!isNew(mark(91), in: &window))
        #expect(isNew(mark(90), in: &window))
    }

    @Test func `marks that differ in one half only are told apart`() {
        var window = DedupeWindow(horizon: 10)
        #expect(isNew(Hash128(low: 7, high: 1), in: &window))
        #expect(isNew(Hash128(low: 7, high: 2), in: &window))
        #expect(isNew(Hash128(low: 8, high: 1), in: &window))
        #expect(!isNew(Hash128(low: 7, high: 2), in: &window))
    }

    /// Random inserts, commits, rollbacks and horizons against a plain array that does the same.
    @Test(arguments: SeededChance.seeds(1...40))
    func `any schedule agrees with a plain list`(seed: UInt64) {
        var random = SeededChance(seed: seed)
        var horizon = Int.random(in: 1...3_000, using: &random)
        var window = DedupeWindow(horizon: horizon)
        var lasting: [Hash128] = []
        var pending: [Hash128] = []
        for step in 0..<4_000 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<90:
                // Few low words, so that probes collide and clusters form.
                let mark = Hash128(
                    low: UInt64.random(in: 0..<64, using: &random) << 58,
                    high: UInt64.random(in: 0..<200, using: &random)
                )
                let isNew = !lasting.contains(mark) && !pending.contains(mark)
                let inserted = window.insert(mark)
                #expect(inserted == isNew, "SEED=\(seed) step \(step)")
                if isNew { pending.append(mark) }
            case 90..<94:
                window.commit()
                lasting = (lasting + pending).suffix(horizon)
                pending = []
            case 94..<97:
                window.rollback()
                pending = []
            case 97 where !pending.isEmpty:
                window.removeNewest()
                pending.removeLast()
            case 98:
                horizon = Int.random(in: 1...3_000, using: &random)
                window.setHorizon(horizon)
            default:
                #expect(window.pendingMarks == pending, "SEED=\(seed) step \(step)")
            }
            #expect(window.count == lasting.count + pending.count, "SEED=\(seed) step \(step)")
        }
    }

    private func isNew(_ mark: Hash128, in window: inout DedupeWindow) -> Bool {
        window.insert(mark)
    }

    private func mark(_ number: Int) -> Hash128 {
        var generator = SeededChance(seed: UInt64(number))
        return Hash128(low: generator.next(), high: generator.next())
    }
}

import BanRules
import Events
import Testing

@testable import Operator

@Suite struct AlertLineTests {
    @Test func `a payment's line names transaction, amount, state and citation`() throws {
        #expect(
            AlertLine(try Sample.flag(1)).text()
                == "2021-01-20T12:00:00Z  review      alipay        payment t1 captured"
                + "                     US  12.5 USD        pending        86 FR 1249"
        )
    }

    @Test func `a download's line names the app, the units and the reason`() throws {
        let flag = try Sample.flag(1) {
            $0.facts = Flag.Facts()
            $0.facts.store = "apple"
            $0.facts.storeAppID = "333206289"
            $0.facts.units = 1_200
            $0.ruling.disposition = "prohibited"
            $0.ruling.reason = "country-unknown"
        }
        let line = AlertLine(flag).text()
        #expect(line.contains("prohibited  alipay        apple 333206289 "))
        #expect(line.contains("  1,200 units     pending (country-unknown)  86 FR 1249"))
    }

    @Test(arguments: [("prohibited", "\u{1B}[1m\u{1B}[31m"), ("review", "\u{1B}[33m")])
    func `colours stand around the disposition alone`(word: String, code: String) throws {
        let flag = try Sample.flag(1) { $0.ruling.disposition = word }
        let line = AlertLine(flag).text(isColoured: true)
        #expect(line.contains(code + word + "\u{1B}[0m"))
        #expect(line.components(ofEscapes: "\u{1B}[0m") == (word == "review" ? 1 : 2))
    }

    @Test func `an escape sequence in a flag stays harmless`() throws {
        let flag = try Sample.flag(1) { $0.facts.transactionID = "t\u{1B}[2J" }
        #expect(AlertLine(flag).text().contains("payment t·[2J captured"))
    }

    @Test func `filters go by target, directive and disposition`() throws {
        let flag = try Sample.flag(1)
        #expect(AlertFilter().selects(flag))
        #expect(AlertFilter(targets: ["vmate", "alipay"]).selects(flag))
        #expect(!AlertFilter(targets: ["vmate"]).selects(flag))
        #expect(!AlertFilter(directives: ["in-other"]).selects(flag))
        #expect(!AlertFilter(disposition: .prohibited).selects(flag))
        #expect(AlertFilter(directives: ["us-eo-13971"], disposition: .review).selects(flag))
    }
}

extension String {
    fileprivate func components(ofEscapes escape: String) -> Int {
        ranges(of: escape).count
    }
}

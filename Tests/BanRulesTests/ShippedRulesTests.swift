import Testing

@testable import BanRules

struct ShippedRulesTests {
    @Test func `the shipped directives load and pass their own tests`() throws {
        let ruleSet = try RuleSet.shipped()
        #expect(
            ruleSet.directives.map(\.id) == [
                "in-it-act-69a", "us-eo-13942", "us-eo-13943", "us-eo-13971", "us-pafaca",
            ]
        )
        #expect(ruleSet.failures().map(\.description) == [])
    }

    @Test func `no change to a shipped directive goes unnoticed by its tests`() throws {
        let outcome = try RuleFiles.shipped.mutate()
        #expect(outcome.survivors.map(\.description) == [])
        #expect(outcome.tried > 300)
    }

    @Test func `a scenario is a set of its own, with tests as good`() throws {
        let files = try RuleFiles.asked(by: "scenario/us-eo-13971-as-reported")
        let ruleSet = try RuleSet(files)
        #expect(ruleSet.directives.map(\.id) == ["us-eo-13971-as-reported"])
        #expect(ruleSet.failures().map(\.description) == [])
        #expect(try files.mutate().survivors.map(\.description) == [])
        let law = try #require(RuleSet.shipped().directives.first { $0.id == "us-eo-13971" })
        #expect(ruleSet.directives.first?.targets == law.targets)
    }

    @Test func `every interval names its text and where to read it`() throws {
        for directive in try RuleSet.shipped().directives {
            let lifecycles = [directive.lifecycle] + directive.prohibitions.compactMap(\.lifecycle)
            for interval in lifecycles.flatMap(\.intervals) {
                #expect(!interval.citation.isEmpty)
                #expect(interval.link != nil, "\(directive.id): \(interval.citation)")
            }
        }
    }

    @Test func `the order names eight apps`() throws {
        let directive = try #require(
            try RuleSet.shipped().directives.first { $0.id == "us-eo-13971" }
        )
        #expect(
            directive.targets.map(\.title) == [
                "Alipay", "CamScanner", "QQ Wallet", "Tencent QQ", "SHAREit", "VMate",
                "WeChat Pay", "WPS Office",
            ]
        )
        #expect(directive.prohibitions.map(\.targets) == [directive.targets.map(\.id)])
        #expect(directive.prohibitions.map { Set($0.acts) } == [Set(Act.allCases)])
    }

    @Test func `an id leads to the broadest target that has it`() throws {
        let ruleSet = try RuleSet.shipped()
        for directive in ruleSet.directives {
            for id in directive.targets.flatMap({ $0.appleBundleIDs + $0.googlePackages }) {
                #expect(ruleSet.targetID(forAppID: id.uppercased()) != nil)
            }
        }
        // India names these apart, the United States do not.
        #expect(ruleSet.targetID(forAppID: "com.tencent.mobileqqi")?.id == "tencent-qq")
        #expect(ruleSet.targetID(forAppID: "com.zhiliaoapp.musically.go")?.id == "tiktok")
        #expect(ruleSet.targetID(forAppID: "hk.alipay.wallet")?.title == "Alipay")
        #expect(ruleSet.targetID(forStoreAppID: "1491101673")?.title == "WPS Office")
        #expect(ruleSet.targetID(forAppID: "com.example.other") == nil)
        #expect(ruleSet.targetID(forStoreAppID: "1") == nil)
    }

    @Test func `a test that fails says where and how`() throws {
        let ruleSet = try RuleSet.of([
            (
                "a.yaml",
                Array(
                    (SampleDirective.text + """
                        tests:
                          - name: wrong
                            event: {type: cordon.app.download, time: 2021-02-01T00:00:00Z,
                              appId: com.example.chat, country: US}
                            expect: none
                          - name: invalid
                            event: {type: cordon.app.download, time: noon}
                            expect: none
                          - name: right
                            event: {type: cordon.app.download, time: 2021-02-01T00:00:00Z,
                              appId: com.example.chat, country: US}
                            expect: [{prohibition: everything, target: chat,
                              disposition: prohibited}]

                        """).utf8
                )
            )
        ])
        let failures = ruleSet.failures()
        #expect(failures.map(\.line) == [33, 37])
        #expect(
            failures.first?.description == "a.yaml:33: wrong: expected no verdict,"
                + " got everything/chat prohibited in-force since 2021-01-01T05:00:00Z app-id"
        )
        #expect(failures.last?.message.hasPrefix("the event is not valid: ") == true)
    }
}

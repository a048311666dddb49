import Testing

@testable import BanRules

struct ShippedRulesTests {
    @Test func `the shipped directives load and pass their own tests`() throws {
        let ruleSet = try RuleSet.shipped()
        #expect(ruleSet.directives.map(\.id) == ["us-eo-13971"])
        #expect(ruleSet.directives.allSatisfy { $0.tests.count > 50 })
        let failures = ruleSet.failures().map(\.description)
        #expect(failures == [])
    }

    @Test func `the order names eight apps`() throws {
        let directive = try #require(try RuleSet.shipped().directives.first)
        #expect(
            directive.targets.map(\.title) == [
                "Alipay", "CamScanner", "QQ Wallet", "Tencent QQ", "SHAREit", "VMate",
                "WeChat Pay", "WPS Office",
            ]
        )
        #expect(directive.prohibitions.map(\.targets) == [directive.targets.map(\.id)])
        #expect(directive.prohibitions.map { Set($0.acts) } == [Set(Act.allCases)])
    }

    @Test func `every identifier leads to its target`() throws {
        let ruleSet = try RuleSet.shipped()
        let stage = Stage(ruleSet)
        for target in ruleSet.directives.flatMap(\.targets) {
            for id in target.appleBundleIDs + target.googlePackages {
                try expect(stage, target, "cordon.app.download", "appId", id, .appID)
                #expect(ruleSet.targetID(forAppID: id.uppercased())?.id == target.id)
            }
            for id in target.appleIDs {
                try expect(
                    stage,
                    target,
                    "cordon.payment.transaction",
                    "counterpartyAppId",
                    id,
                    .appID
                )
                #expect(ruleSet.targetID(forStoreAppID: id)?.title == target.title)
            }
            for code in target.paymentMethods {
                try expect(
                    stage,
                    target,
                    "cordon.payment.transaction",
                    "paymentMethod",
                    code,
                    .paymentMethod
                )
            }
            for name in target.names {
                try expect(stage, target, "cordon.app.download", "appName", name, .name)
            }
            for name in target.entities {
                try expect(stage, target, "cordon.app.download", "publisher", name, .entity)
            }
        }
        #expect(ruleSet.targetID(forAppID: "com.tencent.mm") == nil)
        #expect(ruleSet.targetID(forStoreAppID: "1") == nil)
    }

    @Test func `a test that fails says where and how`() throws {
        let ruleSet = try RuleSet(files: [
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
                + " got everything/chat prohibited in-force app-id"
        )
        #expect(failures.last?.message.hasPrefix("the event is not valid: ") == true)
    }

    private func expect(
        _ stage: Stage,
        _ target: Target,
        _ type: String,
        _ member: String,
        _ value: String,
        _ method: MatchMethod
    ) throws {
        let verdicts = try stage.verdicts(on: [
            "type": type, "time": "2021-03-01T00:00:00Z", member: value,
            type == "cordon.app.download" ? "country" : "payerCountry": "US",
        ])
        #expect(verdicts.map(\.target) == [target.id], "\(value)")
        #expect(verdicts.first?.matches.first?.method == method, "\(value)")
    }
}

package import BanRules

/// Rule sets of any size, to see what size costs.
package enum ManyTargets {
    /// One directive with so many targets, each with a name, a package and a payment code; none of
    /// them stands in the benchmarks' events.
    package static func directive(targets count: Int) -> RuleFiles {
        var yaml = """
            id: us-eo-99999
            title: A directive as large as it takes
            citation: "Executive Order 99999"
            link: https://example.com/99999
            authority:
              name: President of the United States
              zone: America/New_York
            jurisdiction:
              name: United States
              countries: [US]
            targets:

            """
        for number in 0..<count {
            yaml += """
                  - id: target-\(number)
                    title: Target \(number)
                    names: [Zyx\(word(number)) Messenger]
                    googlePackages: [org.bench.t\(number)]
                    paymentMethods: [bench_pay_\(number)]

                """
        }
        yaml += """
            prohibitions:
              - id: transactions
                title: Every transaction
                citation: Executive Order 99999
                acts: [download, redownload, update, purchase, payment]
                targets: all
            lifecycle:
              - state: in-force
                from: 2021-01-05
                citation: Executive Order 99999
                link: https://example.com/99999

            """
        return RuleFiles([RuleFiles.File(name: "us-eo-99999.yaml", bytes: Array(yaml.utf8))])
    }

    /// The first so many of all directives that ship, scenarios included.
    package static func shippedDirectives(_ count: Int) -> RuleFiles {
        let scenarios = RuleFiles.scenarios.sorted { $0.key < $1.key }.flatMap(\.value.files)
        return RuleFiles(Array((RuleFiles.shipped.files + scenarios).prefix(count)))
    }

    /// A number in letters: digits in names are taken for letters that look alike.
    private static func word(_ number: Int) -> String {
        let letters = Array("bcdfghjklmnpqrstvwxz")
        var rest = number
        var text = ""
        repeat {
            text.append(letters[rest % letters.count])
            text.append("aeiou"[rest % 5])
            rest /= letters.count
        } while rest > 0
        return text
    }
}

extension String {
    fileprivate subscript(_ offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}

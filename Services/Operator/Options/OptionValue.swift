import ArgumentParser
import Events

/// Reads values of options, with a message that says what would be right.
enum OptionValue {
    /// A day as `YYYY-MM-DD`.
    static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("'\(text)' is no day; write it as 2020-12-31")
        }
        return day
    }

    /// An instant as RFC 3339, or a day, which means its first instant in UTC.
    static func time(_ text: String) throws -> Timestamp {
        if let time = Timestamp(rfc3339: text) ?? Day(text)?.start { return time }
        throw ValidationError(
            "'\(text)' is no time; write it as 2021-01-05 or 2021-01-05T12:00:00-05:00"
        )
    }

    /// An instant that ends a period: as `time`, but a day belongs to the period as a whole.
    static func endTime(_ text: String) throws -> Timestamp {
        guard let day = Day(text) else { return try time(text) }
        return Day(number: day.number + 1).start
    }

    /// A year from 1 to 9999.
    static func year(_ text: String) throws -> Int {
        guard text.utf8.count == 4, let year = Int(text), year >= 1 else {
            throw ValidationError("'\(text)' is no year; write it as 2020")
        }
        return year
    }

    /// Countries separated by commas.
    static func countries(_ text: String) throws -> [CountryCode] {
        try words(text).map { word in
            guard let country = CountryCode(word.uppercased()) else {
                throw ValidationError("'\(word)' is no country of ISO 3166-1; write it as US")
            }
            return country
        }
    }

    /// Words of an enumeration separated by commas, none of them twice.
    static func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ text: String
    ) throws -> [Choice] {
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        let choices = try words(text).map { word in
            guard let choice = Choice(rawValue: word) else {
                throw ValidationError("'\(word)' is none of \(known)")
            }
            return choice
        }
        guard Set(choices).count == choices.count else {
            throw ValidationError("'\(text)' names one of its words twice")
        }
        return choices
    }

    /// One word of an enumeration; the parser's own message would not list the others.
    static func choice<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ text: String
    ) throws -> Choice {
        let choices: [Choice] = try choices(text)
        guard choices.count == 1, let choice = choices.first else {
            throw ValidationError("'\(text)' is more than one word")
        }
        return choice
    }

    private static func words(_ text: String) throws -> [String] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard words.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("'\(text)' has an empty word; write them as first,second")
        }
        return words
    }
}

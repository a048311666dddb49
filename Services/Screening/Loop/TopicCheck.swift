import Events
import Kafka
import Pipeline

/// Whether the broker has the topics that screening needs, before any client could make them.
///
/// A broker that creates topics by itself would give a journal one partition at the first word of a
/// producer, and a journal must have as many partitions as its input.
struct TopicCheck {
    /// Partitions by topic; a topic that does not exist is absent.
    let partitionCounts: [String: Int]
    let topics: TopicNames

    /// Asks the broker for the topics.
    init(_ reader: KafkaReader, topics: TopicNames, timeLimit: Duration) throws(KafkaError) {
        var counts: [String: Int] = [:]
        let needed =
            InputTopic.allCases.map(topics.input) + OutputTopic.allCases.map { $0.name(in: topics) }
        for topic in needed {
            do throws(KafkaError) {
                counts[topic] = try reader.partitionCount(topic, timeLimit: timeLimit)
            } catch {
                guard error.isUnknownTopic else { throw error }
            }
        }
        self.init(partitionCounts: counts, topics: topics)
    }

    init(partitionCounts: [String: Int], topics: TopicNames) {
        self.partitionCounts = partitionCounts
        self.topics = topics
    }

    /// What is missing or does not fit, with the cure; nil when all is well.
    var problem: String? {
        let outputs = OutputTopic.allCases.map { $0.name(in: topics) }
        let missing = (InputTopic.allCases.map(topics.input) + outputs).filter {
            partitionCounts[$0] == nil
        }
        guard missing.isEmpty else {
            return "topics are missing (cordon topics create makes them): "
                + missing.joined(separator: ", ")
        }
        for input in InputTopic.allCases {
            let (events, journal) = (topics.input(input), topics.journal(input))
            let (expected, found) = (partitionCounts[events], partitionCounts[journal])
            guard expected == found else {
                return "\(journal) has \(found ?? 0) partitions but \(events) has \(expected ?? 0):"
                    + " give the journal as many as its input"
            }
        }
        return nil
    }
}

import Testing

@testable import Screening

@Suite struct WorkerStatusTests {
    @Test(
        arguments: [
            (.joining, "joining the group"),
            (.restoring(done: 1, of: 4), "restoring: 1 of 4 partitions done"),
            (
                .restoring(done: 1, of: 4, marks: 30_000, ofMarks: 250_000),
                "restoring: 1 of 4 partitions done, the next has 30000 of at most 250000 marks"
            ),
            (.running(partitions: 4, refused: []), nil),
            (
                .running(partitions: 3, refused: ["a/0 is not read", "b/1 is not read"]),
                "a/0 is not read; b/1 is not read"
            ),
            (.recovering("broker away"), "recovering: broker away"),
        ] as [(WorkerStatus.State, String?)]
    )
    func `what keeps a worker from its work is said in words`(
        state: WorkerStatus.State,
        words: String?
    ) {
        #expect(state.impediment == words)
    }
}

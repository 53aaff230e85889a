package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One-way replication from a source to a target, once. Everything that the source has now is at the
 * target when {@link #run} returns, or in quarantine; if it throws, the next run goes on where this
 * one was cut. For one thread at a time; several runs, also after failures, should share one
 * replicator, since it remembers which documents made trouble.
 */
public final class Replicator {
  private final Peer source;
  private final Peer target;
  private final ReplicationOptions options;
  private final Quarantine quarantine;
  private final Consumer<QuarantinedDocument> alarm;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String id;
  private final BatchWriter writer;
  private final Progress progress = new Progress();
  private long isolated;

  /**
   * What a run did.
   *
   * @param read documents fetched from the source
   * @param written documents that the target took
   * @param quarantined documents put aside
   * @param seq the source's sequence that was reached; opaque
   * @param log the checkpoints' history, in the form of the answer to CouchDB's {@code _replicate}
   */
  public record Report(
      long read, long written, long quarantined, JsonElement seq, JsonObject log) {}

  /**
   * Makes a replicator; talks to nobody yet.
   *
   * @param quarantine given the {@link ReplicationId}, where to put documents that are refused
   * @param alarm told of each document that is put aside for the first time; on the thread that
   *     replicates, so it should be quick
   */
  public Replicator(
      Peer source,
      Peer target,
      ReplicationOptions options,
      Function<String, Quarantine> quarantine,
      Consumer<QuarantinedDocument> alarm,
      InstantSource clock,
      RandomGenerator random) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.id = idWith("");
    this.quarantine = quarantine.apply(id);
    this.alarm = alarm;
    this.clock = clock;
    this.random = random;
    this.writer = new BatchWriter(target, options, new Isolate());
  }

  /**
   * The name of this replication. Both ends keep the checkpoints under it, but where the filter is
   * a function: then another one that hangs on the function's text too.
   */
  public String id() {
    return id;
  }

  private String idWith(String filterCode) {
    return ReplicationId.of(source.identity(), target.identity(), options, filterCode);
  }

  /** What was done so far; may be asked from any thread. */
  public ReplicationStats stats() {
    return progress.stats();
  }

  /** What was put aside. */
  public Quarantine quarantine() {
    return quarantine;
  }

  Peer source() {
    return source;
  }

  Peer target() {
    return target;
  }

  ReplicationOptions options() {
    return options;
  }

  /** The clock for what is written down. */
  public InstantSource clock() {
    return clock;
  }

  RandomGenerator random() {
    return random;
  }

  long written() {
    return writer.written();
  }

  /** Compares checkpoints and begins. */
  ReplicationSession open() {
    var session = new byte[16];
    random.nextBytes(session);
    var name = HexFormat.of().formatHex(session);
    return new ReplicationSession(
        source,
        target,
        options,
        writer,
        clock,
        progress,
        () -> isolated,
        (document, rev) -> quarantine.find(document, rev).isPresent(),
        code ->
            options.begin().checkpoints()
                ? Checkpoints.open(source, target, idWith(code), name, clock)
                : Checkpoints.none(source, target, idWith(code), name, clock));
  }

  /**
   * Replicates all there is, and records it.
   *
   * @throws PeerException when a peer fails; what was stored stays
   */
  public Report run() throws InterruptedException {
    var isolatedBefore = isolated;
    var session = open();
    session.pass(Duration.ZERO, () -> {});
    session.checkpoint();
    var done = session.done();
    return new Report(
        done.read(), done.written(), isolated - isolatedBefore, session.seq(), session.log());
  }

  /**
   * Tries once more to bring over what lies in quarantine, also what was refused for good: rights
   * and limits change. What arrives, or is found to be there, leaves the quarantine; what fails
   * stays, with the latest reason.
   *
   * @return how many entries left the quarantine
   * @throws PeerException when a peer fails
   */
  public int retryQuarantined() {
    var before = quarantine.count();
    // The worst last: one that leaves the target without an answer ends the round for the others.
    var entries =
        quarantine.list().stream()
            .sorted(Comparator.comparingInt(QuarantinedDocument::attempts))
            .toList();
    for (var from = 0; from < entries.size(); from += options.batches().documents()) {
      var to = Math.min(entries.size(), from + options.batches().documents());
      retry(entries.subList(from, to));
    }
    return before - quarantine.count();
  }

  private void retry(List<QuarantinedDocument> entries) {
    var asked = new LinkedHashMap<String, List<Revision>>();
    entries.forEach(
        entry -> asked.computeIfAbsent(entry.id(), key -> new ArrayList<>()).add(entry.rev()));
    var missing = target.revsDiff(asked);
    var wanted = new ArrayList<WantedRevisions>();
    for (var entry : entries) {
      var lacks = missing.get(entry.id());
      if (lacks == null || !lacks.missing().contains(entry.rev())) {
        quarantine.remove(entry.id(), entry.rev());
      } else {
        // One by one: what was refused before must not spoil the batch for the others.
        wanted.add(new WantedRevisions(entry.id(), List.of(entry.rev())));
      }
    }
    for (var one : wanted) {
      var rev = one.revs().getFirst();
      var fetched = source.fetch(List.of(one), options.batches().bytes());
      fetched.documents().forEach(document -> writer.retry(document, Checkpoint.START));
      fetched.failures().forEach(failure -> isolate(failure, Checkpoint.START));
      var refused =
          fetched.documents().stream().anyMatch(d -> quarantine.find(d.id(), d.rev()).isPresent());
      if (!refused && fetched.failures().isEmpty()) {
        quarantine.remove(one.id(), rev);
      }
    }
  }

  private void isolate(RevisionFailure failure, JsonElement seq) {
    var earlier = quarantine.find(failure.id(), failure.rev());
    var entry =
        new QuarantinedDocument(
            failure.id(),
            failure.rev(),
            earlier.map(QuarantinedDocument::seq).orElse(seq),
            earlier.map(QuarantinedDocument::at).orElseGet(clock::instant),
            failure.error(),
            failure.reason(),
            earlier.map(QuarantinedDocument::attempts).orElse(0) + 1);
    quarantine.add(entry);
    if (earlier.isEmpty()) {
      isolated++;
      alarm.accept(entry);
    }
  }

  private final class Isolate implements BatchWriter.Isolation {
    @Override
    public void isolate(RevisionFailure failure, JsonElement seq) {
      Replicator.this.isolate(failure, seq);
    }

    @Override
    public void arrived(WireDocument document) {
      if (quarantine.find(document.id(), document.rev()).isPresent()) {
        quarantine.remove(document.id(), document.rev());
      }
    }
  }
}

package dev.jiggety.desktop.testing;

import dev.jiggety.document.Ids;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Entry;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Incidents that look like those of the shop of {@link Examples}. */
public final class Incidents {
  private Incidents() {}

  /** One that lasts, since so long before {@link FakeClock#START}. */
  public static Incident open(Incident.Kind kind, String subject, Duration age) {
    return incident(kind, subject, FakeClock.START.minus(age), null);
  }

  /** A test that was down, beginning so long before {@link FakeClock#START}. */
  public static Incident over(String subject, Duration age, Duration lasted) {
    Instant began = FakeClock.START.minus(age);
    return incident(Incident.Kind.DOWN, subject, began, began.plus(lasted));
  }

  /** The same with witnesses whose runs are on the hub: the newest of each node that failed. */
  public static Incident seenByItsNodes(Incident incident, FakeHub hub) {
    List<Witness> witnesses = new ArrayList<>();
    hub.results()
        .read(
            incident.began().minusSeconds(60),
            FakeClock.START,
            batch ->
                batch.runs().stream()
                    .filter(run -> run.testId().equals(incident.subject()))
                    .filter(run -> !run.startedAt().isBefore(incident.began()))
                    .filter(run -> witnesses.stream().noneMatch(it -> it.node().equals(run.node())))
                    .forEach(run ->
                        witnesses.add(
                            new Witness(
                                run.node(),
                                run.node().equals("oslo-1") ? Verdict.UP : run.verdict(),
                                run.startedAt(),
                                run.node().equals("oslo-1")
                                    ? null
                                    : run.samples().getFirst().failure(),
                                Ids.batch(
                                    batch.at(), batch.node(), batch.stream(), batch.seq())))));
    return new Incident(
        incident.id(),
        incident.kind(),
        incident.subject(),
        incident.began(),
        incident.detected(),
        incident.ended(),
        incident.resolved(),
        incident.text(),
        witnesses,
        incident.suppressed(),
        incident.acknowledged(),
        incident.trail());
  }

  /** The same, over at that time. */
  public static Incident ended(Incident incident, Instant at) {
    return new Incident(
        incident.id(),
        incident.kind(),
        incident.subject(),
        incident.began(),
        incident.detected(),
        at,
        at.plusSeconds(2),
        incident.text(),
        incident.witnesses(),
        incident.suppressed(),
        incident.acknowledged(),
        with(incident.trail(), new Entry(at.plusSeconds(2), "resolved", "m1", "it is up again")));
  }

  private static Incident incident(
      Incident.Kind kind, String subject, Instant began, @Nullable Instant ended) {
    Instant detected = began.plusSeconds(12);
    String group = kind == Incident.Kind.NODE ? "node" : "test";
    Incident open =
        new Incident(
            Ids.incidentId(began, group, subject),
            kind,
            subject,
            began,
            detected,
            null,
            null,
            "%s: %s".formatted(kind.label(), "status is 500, expected one of 200-299"),
            List.of(
                new Witness(
                    "berlin-1",
                    Verdict.DOWN,
                    began,
                    Examples.broken(),
                    Ids.batch(began, "berlin-1", "s1", 180)),
                new Witness(
                    "dublin-1",
                    Verdict.DOWN,
                    began.plusSeconds(3),
                    Examples.broken(),
                    Ids.batch(began, "dublin-1", "s1", 360)),
                new Witness(
                    "oslo-1",
                    Verdict.UP,
                    began.plusSeconds(6),
                    null,
                    Ids.batch(began, "oslo-1", "s1", 540))),
            null,
            null,
            List.of(new Entry(detected, "opened", "m1", "2 of 3 nodes say down; it takes 2")));
    return ended == null ? open : ended(open, ended);
  }

  private static List<Entry> with(List<Entry> trail, Entry last) {
    List<Entry> all = new ArrayList<>(trail);
    all.add(last);
    return all;
  }
}

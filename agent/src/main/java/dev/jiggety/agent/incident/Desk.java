package dev.jiggety.agent.incident;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Episode.Group;
import dev.jiggety.model.rules.incident.NodeHistory;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where all that is heard comes together, and is decided: takes what is told, and at each {@link
 * #step} writes what follows from it. What cannot be written now is decided anew at a later step.
 * Of one thread.
 */
final class Desk {

  /**
   * Nodes that look at a site at the same time tell of it within this time: who waits for it need
   * not take back what the first one said.
   */
  private static final Duration SPREAD = Duration.ofSeconds(2);

  /** Time alone changes verdicts too: words grow stale, windows end. */
  private static final Duration ROUND = Duration.ofSeconds(5);

  private static final Duration TIDY = Duration.ofMinutes(1);

  /** The last words of nodes are written no more often than that. */
  private static final Duration FULL = Duration.ofSeconds(10);

  /** Incidents that were over before are not kept in mind. */
  static final Duration REMEMBERED = Duration.ofDays(7);

  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  private final Sources sources;
  private final Term term;
  private final Files files;
  private final Judge judge;
  private final Hearing hearing;
  private final Book book;
  private final Arrivals arrivals = new Arrivals();
  private final Corrections corrections;
  private final Faults faults;
  private final Set<String> carried = new HashSet<>();
  private final Set<String> toHear = new HashSet<>();
  private final Probe probe;
  private Instant nextRound = Instant.MIN;
  private Instant nextFull = Instant.MIN;
  private Instant nextTidy = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private int failures;
  private boolean isFeeding;

  /**
   * A desk without anything on it.
   *
   * @param background runs what takes long; may be the same thread
   * @param later runs something on the thread of the desk
   */
  Desk(Sources sources, Term term, Executor background, Consumer<Runnable> later) {
    this.sources = sources;
    this.term = term;
    this.files = new Files(sources.incidents(), term);
    this.judge = new Judge(term.now(), carried::contains);
    this.hearing = new Hearing(term.now());
    this.book = new Book(term.by(), term.epoch());
    this.faults = new Faults(term);
    this.corrections =
        new Corrections(judge, files, book, new Rejudging(sources, background, later), term);
    this.probe =
        new Probe(sources.nodes(), background, later, term.now(), this::counted, this::unanswered);
  }

  /**
   * Reads what is open; before anything else.
   *
   * @throws HubException when the hub cannot be asked now
   */
  void open() {
    Instant now = term.now();
    sources
        .incidents()
        .between(now.minus(Judge.LOOK_BACK), now.plus(Duration.ofDays(1)))
        .forEach(this::incident);
    files.open().forEach(it -> carried.add(it.subject()));
  }

  void test(TestDefinition test) {
    judge.test(test, term.now(), !hearing.wasSettled());
  }

  void testGone(String id) {
    judge.testGone(id);
    nextRound = Instant.MIN;
  }

  void configuration(String id, @Nullable JsonObject document) {
    judge.configuration(id, document);
  }

  void node(NodeStatus status) {
    sign();
    hearing.node(status);
    judge.node(status, term.now());
  }

  void batch(Batch batch) {
    sign();
    Instant now = term.now();
    for (Word word : Words.of(batch)) {
      boolean isLate = judge.word(word);
      if (hearing.isSettled()) {
        arrivals.came(word, now);
      }
      if (isLate && hearing.wasSettled()) {
        corrections.add(word, now);
      }
    }
  }

  private void sign() {
    hearing.sign(term.now());
    if (isFeeding) {
      hearing.connected(term.now());
    }
  }

  void incident(Stored<Incident> stored) {
    files.found(stored);
  }

  void act(IncidentAct act) {
    files.said(act);
    toHear.add(act.incident());
  }

  void connection(HubFeed.Connection connection) {
    switch (connection) {
      case HubFeed.Connection.Connected() -> {
        isFeeding = true;
        hearing.connected(term.now());
        term.fine("the hub");
      }
      case HubFeed.Connection.Away(HubException.Kind kind, String reason) -> {
        isFeeding = false;
        hearing.away(term.now());
        term.trouble("the hub", "nothing is heard of the hub, so nothing is judged: " + reason);
      }
    }
  }

  /** Decides what there is to decide by now; cheap where that is nothing. */
  void step() {
    Instant now = term.now();
    probe(now);
    hearing.look(now).ifPresent(judge::deaf);
    if (term.isOver() || now.isBefore(notBefore)) {
      return;
    }
    try {
      hear(now);
      // As long as all are silent and the hub has not answered either, it may be the hub.
      if (hearing.isSettled() && !hearing.isQuiet(now)) {
        decide(now);
        corrections.look(now, now.minus(SPREAD));
      }
      failures = 0;
      term.fine("writing");
    } catch (HubException e) {
      notBefore = now.plus(RETRY.delay(failures++, RandomGenerator.getDefault()));
      nextRound = Instant.MIN;
      term.trouble("writing", "incidents cannot be kept: " + e.getMessage());
    }
    if (hearing.isSettled() && !now.isBefore(nextTidy)) {
      nextTidy = now.plus(TIDY);
      judge.forget(now);
      files.forget(now.minus(REMEMBERED));
      carried.clear();
      files.open().stream()
          .filter(it -> it.began().isBefore(judge.begin()))
          .forEach(it -> carried.add(it.subject()));
    }
    say();
  }

  /** What people said since. */
  private void hear(Instant now) {
    for (String id : List.copyOf(toHear)) {
      String subject = "the incident " + id;
      if (isRound(now) || !faults.isFailing(subject)) {
        faults.guard(
            subject,
            () -> {
              if (files.hear(id)) {
                toHear.remove(id);
              }
            });
      }
    }
  }

  /** What failed is not tried again sooner. */
  private boolean isRound(Instant now) {
    return !now.isBefore(nextRound);
  }

  private void decide(Instant now) {
    boolean isRound = isRound(now);
    boolean isFull = !now.isBefore(nextFull);
    List<Episode> troubles = judge.troubles(now);
    for (Case about : judge.cases()) {
      String subject = "the test " + about.test().id();
      if (isRound || (about.isDirty() && !faults.isFailing(subject))) {
        faults.guard(subject, () -> decide(about, troubles, isFull, now));
      }
    }
    if (isRound) {
      judge
          .nodes()
          .forEach(node -> faults.guard("the node " + node, () -> decide(node, isFull, now)));
      files
          .open()
          .forEach(it -> faults.guard("the incident " + it.id(), () -> closeWithoutSubject(it)));
      nextRound = now.plus(ROUND);
    }
    if (isFull) {
      nextFull = now.plus(FULL);
    }
  }

  private void decide(Case about, List<Episode> troubles, boolean isFull, Instant now) {
    TestDefinition test = about.test();
    Instant known = now.minus(SPREAD);
    if (!test.active()) {
      about.clean(now);
      return;
    }
    List<Episode> episodes = about.episodes(judge.around(test, troubles, known), known);
    Instant since = about.history().since();
    Scope scope =
        new Scope(since, since, about.trusted(), null, Instant.MAX, it -> about.ends(it, known));
    boolean isDone = true;
    for (Group group : List.of(Group.TEST, Group.DATA, Group.CERTIFICATE)) {
      isDone &= files.write(book, new Files.Key(group, test.id()), episodes, scope, isFull, now);
    }
    if (isDone) {
      about.clean(known);
    }
  }

  private void decide(String node, boolean isFull, Instant now) {
    Instant begin = judge.begin();
    Scope scope = new Scope(begin, begin, begin, null, Instant.MAX, it -> wellAgain(node, now));
    files.write(
        book, new Files.Key(Group.NODE, node), judge.troubles(node, now), scope, isFull, now);
  }

  /** Of a node that had trouble before all knowledge: it was heard since, and calm for long. */
  private Optional<Instant> wellAgain(String node, Instant now) {
    boolean isLong = Duration.between(judge.begin(), now).compareTo(NodeHistory.CALM) > 0;
    return judge
        .status(node)
        .map(NodeStatus::heartbeatAt)
        .filter(at -> isLong && at.isAfter(judge.begin()));
  }

  private void closeWithoutSubject(Incident incident) {
    Instant now = term.now();
    boolean isOfNode = Group.of(incident.kind()) == Group.NODE;
    if (isOfNode ? judge.hasNode(incident.subject()) : isInForce(incident.subject())) {
      return;
    }
    String why = isOfNode ? "there is no such node any more" : "the test is not in force any more";
    files.write(book.closed(incident, why, now));
  }

  private boolean isInForce(String test) {
    return judge.find(test).filter(it -> it.test().active()).isPresent();
  }

  /** All nodes are silent, or it is time to count them: the hub itself is asked. */
  private void probe(Instant now) {
    if (isFeeding) {
      probe.look(now, hearing.isQuiet(now), hearing.isSettled());
    }
  }

  private void unanswered(RuntimeException e) {
    hearing.deaf();
    term.trouble("the hub", "the hub does not answer, so nothing is judged: " + e.getMessage());
  }

  private void counted(List<NodeStatus> all) {
    term.fine("the hub");
    sign();
    all.forEach(this::node);
    Set<String> there = new HashSet<>();
    all.forEach(it -> there.add(it.name()));
    List<String> gone = judge.nodes().stream().filter(it -> !there.contains(it)).toList();
    gone.forEach(this::nodeGone);
  }

  private void nodeGone(String name) {
    judge.nodeGone(name);
    hearing.gone(name);
  }

  private void say() {
    term.says(
        "%d tests, %d nodes, %d open; results come after %s"
            .formatted(
                judge.cases().size(), judge.nodes().size(), files.open().size(), arrivals.lag()));
  }
}

package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.patch.Evidence.Violation;
import dev.jiggety.agent.bench.patch.Evidence.Wrong;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.model.Head;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whether patches come through whatever fails: an installation of real processes under a stream of
 * good and bad patches, in which one thing after the other is killed, frozen, cut off or silenced.
 */
public final class ChaosBench {
  private static final Duration CALM = Duration.ofSeconds(15);
  private static final Duration SETTLED = Duration.ofMinutes(4);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(30);
  private static final int MOST_ROLLOUTS = 1_000_000;

  private final ChaosSite site;
  private final Scale scale;
  private final Consumer<String> log;
  private final Random random;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * How much of it.
   *
   * @param rounds faults, one after the other
   * @param nodes light nodes, in two farms
   * @param seed of all that is by chance, but for what the machine adds
   */
  public record Scale(int rounds, int nodes, long seed) {}

  /**
   * What came of it.
   *
   * @param violations a line each; empty when all is well
   */
  public record Result(BenchReport report, List<String> violations) {}

  private ChaosBench(ChaosSite site, Scale scale, Consumer<String> log) {
    this.site = site;
    this.scale = scale;
    this.log = log;
    this.random = new Random(scale.seed());
  }

  /**
   * Runs it.
   *
   * @param folder empty; what is kept there tells more when something is wrong
   * @param log is told what is done, a line at a time
   */
  public static Result run(Program program, Path folder, Scale scale, Consumer<String> log)
      throws IOException, InterruptedException, BenchFailedException {
    try (ChaosSite site = new ChaosSite(program, folder);
        Hub hub = Hub.open(site.hub(), HubOptions.DEFAULT)) {
      new Provisioner(hub, Bed.NAMES).provision(Instant.now());
      site.start(scale.nodes());
      return new ChaosBench(site, scale, log).run(hub);
    }
  }

  private Result run(Hub hub) throws IOException, InterruptedException, BenchFailedException {
    long begun = System.nanoTime();
    try (Operator operator =
            new Operator(hub, Bed.NAMES, site.site().operator(), new Random(random.nextLong()));
        PatchStream stream = new PatchStream(operator, random.nextLong())) {
      awaitNodes(hub);
      stream.begin();
      stream.awaitFirst(SETTLED);
      for (int round = 1; round <= scale.rounds(); round++) {
        stream.round(round);
        round(round, stream);
        stream.check();
      }
      stream.end();
      log.accept("all is mended; waiting for the last rollouts");
      awaitSettled(hub, operator, stream);
      violations.addAll(evidence(hub, operator, stream).violations());
      return result(operator, stream, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private void round(int round, PatchStream stream) throws IOException, InterruptedException {
    Fault fault = Fault.next(random, site.parts(), site.lines());
    int ended = stream.ended();
    Thread.sleep(fault.after());
    log.accept(
        String.format(
            Locale.ROOT,
            "round %d: %s; %d patches handed in, %d open",
            round,
            fault,
            stream.submitted().size(),
            stream.open()));
    site.begin(fault);
    Thread.sleep(fault.lasts());
    site.end(fault);
    long end = System.nanoTime() + CALM.toNanos();
    while ((stream.open() > PatchStream.FEW || stream.ended() == ended)
        && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN);
    }
    for (String part : site.restartEnded()) {
      violations.add(new Violation(Wrong.ENDED, round, part + " ended by itself; see its log"));
    }
  }

  private void awaitNodes(Hub hub) throws InterruptedException, BenchFailedException {
    long end = System.nanoTime() + SETTLED.toNanos();
    while (nodes(hub).size() < scale.nodes()) {
      if (System.nanoTime() > end) {
        throw new BenchFailedException("the hub has not heard of all nodes");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private static List<NodeStatus> nodes(Hub hub) {
    return new CouchRepositories(hub, Bed.NAMES).nodes().all();
  }

  /** Until every rollout is at an end and every node runs what the head says, or too long. */
  private void awaitSettled(Hub hub, Operator operator, PatchStream stream)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLED.toNanos();
    long next = System.nanoTime() + SAY_AGAIN.toNanos();
    while (System.nanoTime() < end) {
      if (System.nanoTime() > next) {
        sayWhatIsOpen(stream);
        next = System.nanoTime() + SAY_AGAIN.toNanos();
      }
      try {
        if (stream.open() == 0 && isSettled(operator, running(hub))) {
          return;
        }
      } catch (HubException e) {
        log.accept("the hub is not there again yet: " + e.getMessage());
      }
      Thread.sleep(LOOK_AGAIN);
    }
    log.accept(
        "not settled after %d minutes; the logs tell what all threads do"
            .formatted(SETTLED.toMinutes()));
    sayWhatIsOpen(stream);
    site.dump();
  }

  private void sayWhatIsOpen(PatchStream stream) throws IOException {
    stream.openWords().forEach(line -> log.accept("  open: " + line));
    site.managers().forEach(line -> log.accept("  " + line));
  }

  private boolean isSettled(Operator operator, SortedMap<String, String> running) {
    Head head = operator.patches().head().orElseThrow();
    return head.phase() == Head.Phase.STEADY
        && running.size() == scale.nodes()
        && running.values().stream().allMatch(head.digest()::equals);
  }

  private static SortedMap<String, String> running(Hub hub) {
    SortedMap<String, String> running = new TreeMap<>();
    for (NodeStatus node : nodes(hub)) {
      SlotReport slots = node.slots();
      running.put(node.name(), slots == null ? "" : slots.running().digest());
    }
    return running;
  }

  private Evidence evidence(Hub hub, Operator operator, PatchStream stream) throws IOException {
    return new Evidence(
        stream.submitted(),
        operator.patches().rollouts(MOST_ROLLOUTS),
        operator.patches().head().orElseThrow(),
        operator.patches().inForce(),
        running(hub),
        site.sightings());
  }

  private Result result(Operator operator, PatchStream stream, Duration time) {
    BenchReport report =
        new BenchReport("chaos")
            .parameter("rounds", scale.rounds())
            .parameter("nodes", scale.nodes())
            .parameter("seed", scale.seed())
            .figure("minutes", (double) time.toMillis() / 60_000, "min")
            .figure("patches", stream.submitted().size(), "count");
    List<Rollout> rollouts = operator.patches().rollouts(MOST_ROLLOUTS);
    for (RolloutState state : RolloutState.values()) {
      long count = rollouts.stream().filter(rollout -> rollout.state() == state).count();
      if (state.isTerminal()) {
        report.figure("rollouts " + state.label(), (double) count, "count");
      }
    }
    operator
        .patches()
        .head()
        .ifPresent(
            head -> report.figure("epoch of the last manager", (double) head.epoch(), "count"));
    for (Wrong wrong : Wrong.values()) {
      long count = violations.stream().filter(violation -> violation.wrong() == wrong).count();
      report.figure(wrong.label(), (double) count, "count");
    }
    return new Result(report, violations.stream().map(Violation::line).toList());
  }
}

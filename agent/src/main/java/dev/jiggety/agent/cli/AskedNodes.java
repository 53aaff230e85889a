package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.signing.SigningKey;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has nodes run a test, and tells each answer as it comes. Used by one thread. */
final class AskedNodes {
  private static final Duration WAY = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final TrialRepository trials;
  private final NodeRepository nodes;
  private final SigningKey key;
  private final PrintWriter out;
  private final boolean json;
  private final Ansi ansi;
  private final LinkedBlockingQueue<TrialAnswer> heard = new LinkedBlockingQueue<>();
  private boolean bad;

  AskedNodes(
      TrialRepository trials,
      NodeRepository nodes,
      SigningKey key,
      PrintWriter out,
      boolean json,
      Ansi ansi) {
    this.trials = trials;
    this.nodes = nodes;
    this.key = key;
    this.out = out;
    this.json = json;
    this.ansi = ansi;
  }

  /**
   * Asks, and waits until all have answered or the time is over.
   *
   * @param names who; empty for all that the test would run on
   * @return the exit code
   */
  int run(TestDefinition test, Set<String> names, @Nullable Duration within)
      throws InterruptedException {
    Map<String, NodeStatus> known = new TreeMap<>();
    nodes.all().forEach(node -> known.put(node.name(), node));
    Set<String> awaited = awaited(test, names, known);
    Duration limit = within == null ? limit(test) : within;
    Instant now = Instant.now();
    TrialRequest request =
        new TrialRequest(
            PatchIds.of(now, new SecureRandom()),
            key.trusted().name(),
            now,
            now.plus(TrialRules.USUAL),
            new TreeSet<>(names),
            test);
    try (HubFeed.Subscription _ = trials.follow(request.id(), new Ears())) {
      trials.ask(request, key);
      long end = System.nanoTime() + limit.toNanos();
      Set<String> told = new HashSet<>();
      boolean passedOn = false;
      while (!awaited.isEmpty() && System.nanoTime() < end) {
        TrialAnswer answer = heard.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null || !told.add(answer.node())) {
          continue;
        }
        passedOn = true;
        tell(test, answer);
        if (answer.isManagers() && answer.refusal() != null) {
          return ExitCode.BAD;
        }
        awaited.remove(answer.node());
      }
      tellSilent(awaited, known, limit, passedOn);
    }
    return bad ? ExitCode.BAD : ExitCode.FINE;
  }

  private Set<String> awaited(
      TestDefinition test, Set<String> names, Map<String, NodeStatus> known) {
    Set<String> awaited = new TreeSet<>(names);
    if (names.isEmpty()) {
      known.values().stream()
          .filter(node -> test.where().includes(node.name(), node.tags()))
          .map(NodeStatus::name)
          .forEach(awaited::add);
    }
    if (awaited.isEmpty()) {
      throw new CliException(
          ExitCode.BAD, "no node that is known would run " + test.id() + "; see: jiggety status");
    }
    return awaited;
  }

  private static Duration limit(TestDefinition test) {
    int samples = Math.min(test.samples(), TrialRules.MOST_SAMPLES);
    Duration worst =
        test.timeout()
            .plus(test.retries().delay())
            .multipliedBy((long) samples * (1 + test.retries().count()));
    return WAY.plus(worst.compareTo(TrialRules.LONGEST_RUN) > 0 ? TrialRules.LONGEST_RUN : worst);
  }

  private void tell(TestDefinition test, TrialAnswer answer) {
    TrialRefusal refusal = answer.refusal();
    Run run = answer.run();
    String who = answer.isManagers() ? "the patch manager" : answer.node();
    bad |= refusal != null || (run != null && run.verdict() == Verdict.DOWN);
    if (json) {
      JsonObject line = run == null ? new JsonObject() : RunText.json(run);
      if (answer.isManagers()) {
        line.addProperty("manager", answer.text());
      } else {
        line.addProperty("node", answer.node());
      }
      if (refusal != null) {
        line.addProperty("refused", refusal.label());
        line.addProperty("text", answer.text());
      }
      out.println(line);
    } else if (refusal != null) {
      out.println(ansi.red(who + ": not run, " + refusal.label() + ": " + answer.text()));
    } else if (run == null) {
      out.println(ansi.dim(answer.text()));
    } else {
      out.println(ansi.bold(who) + (answer.text().isEmpty() ? "" : "  (" + answer.text() + ")"));
      RunText.lines(test, run).forEach(out::println);
    }
    out.flush();
  }

  private void tellSilent(
      Set<String> silent, Map<String, NodeStatus> known, Duration limit, boolean passedOn) {
    if (!silent.isEmpty() && !passedOn) {
      print(
          "manager",
          "the patch manager has not taken the request up; is it running? see: jiggety status");
    }
    for (String node : silent) {
      bad = true;
      NodeStatus status = known.get(node);
      String last =
          status == null
              ? "it was never heard of"
              : "it was last heard "
                  + Math.max(0, Duration.between(status.heartbeatAt(), Instant.now()).toSeconds())
                  + " s ago";
      print(node, "no answer within " + limit.toSeconds() + " s; " + last);
    }
  }

  private void print(String who, String text) {
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("node", who);
      line.addProperty("silent", text);
      out.println(line);
    } else {
      out.println(ansi.red(who + ": " + text));
    }
    out.flush();
  }

  private final class Ears implements TrialRepository.Listener {
    @Override
    public void answer(TrialAnswer answer) {
      heard.add(answer);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      // It tries again by itself; who is not heard in the end is named.
    }
  }
}

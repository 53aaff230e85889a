package dev.jiggety.agent.trial;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.TrialAnswerDocument;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.document.TrialsDocument;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.TrialRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests that operators ask a node for, few at a time, and answers. Every method may be called
 * from any thread; none waits for the hub or for a run.
 */
public final class NodeTrials implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeTrials.class.getName());
  private static final int AT_ONCE = 2;
  private static final int WAITING = 8;
  private static final int ANSWERS = 32;
  private static final int REMEMBERED = 500;
  private static final int ATTEMPTS = 8;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private final TrialHost host;
  private final TrialRepository trials;
  private final InstantSource clock;
  private final Instant since;
  private final TrialGate gate;
  private final Duration longest;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ThreadPoolExecutor runs = pool("trial", AT_ONCE, WAITING);
  private final ThreadPoolExecutor answers = pool("trial-answer", 1, ANSWERS);

  /**
   * Whom something was answered already, so that a refused one that is shown again costs little.
   */
  private final Set<String> seen =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /** Ready to be shown requests, from now on by {@code clock}. */
  public NodeTrials(TrialHost host, TrialRepository trials, InstantSource clock) {
    this(host, trials, clock, TrialRules.LONGEST_RUN);
  }

  NodeTrials(TrialHost host, TrialRepository trials, InstantSource clock, Duration longest) {
    this.host = host;
    this.trials = trials;
    this.clock = clock;
    this.longest = longest;
    this.since = clock.instant();
    this.gate = new TrialGate(since);
  }

  /** The hub shows requests; null when it shows none. Nothing of it is believed unseen. */
  public void shown(@Nullable JsonObject document) {
    if (document == null) {
      return;
    }
    try {
      TrialsDocument.TYPE.read(document).stream().limit(TrialRules.AT_ONCE).forEach(this::glance);
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "the requests on the hub cannot be read: {0}", e.getMessage());
    }
  }

  /** The head is heard by the same thread, and one that is odd must not hide the others. */
  private void glance(JsonObject document) {
    try {
      look(document);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.WARNING, "left out an odd request: {0}", e.getClass().getName());
    }
  }

  private void look(JsonObject document) {
    String id = TrialGate.idOf(document);
    Optional<TrialRequest> asked = read(document);
    if (id.isEmpty()
        || asked.isEmpty()
        || !asked.get().asks(host.name(), host.tags())
        || isForgotten(asked.get())
        || !seen.add(id + " " + document.hashCode())) {
      return;
    }
    switch (gate.check(document, host.trust(), clock.instant())) {
      case TrialGate.Decision.Admitted(TrialRequest request) -> take(request);
      case TrialGate.Decision.Refused(TrialRefusal why, String text) -> {
        LOG.log(Level.WARNING, "not run, {0}: {1}", why.label(), text);
        if (why != TrialRefusal.REPLAYED) { // whose answer is there, or on its way
          answer(refusal(id, why, text), Duration.ZERO);
        }
      }
    }
  }

  /** What stands on the hub when a node begins may be of last month: nobody waits for an answer. */
  private boolean isForgotten(TrialRequest request) {
    return request.created().isBefore(since)
        && request.expires().plus(TrialRules.KEPT).isBefore(clock.instant());
  }

  private static Optional<TrialRequest> read(JsonObject document) {
    try {
      return Optional.of(TrialDocument.TYPE.read(document));
    } catch (DocumentException e) {
      LOG.log(Level.DEBUG, "left out a request that cannot be read: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private void take(TrialRequest request) {
    List<String> lacks = host.lacks(request.test());
    if (!lacks.isEmpty()) {
      answer(
          refusal(request.id(), TrialRefusal.LACKING, String.join("; ", lacks)), spread(request));
      return;
    }
    LOG.log(Level.INFO, "{0} wants {1} to be run now", request.by(), request.test().id());
    try {
      runs.execute(() -> run(request));
    } catch (RejectedExecutionException e) {
      answer(
          refusal(
              request.id(), TrialRefusal.BUSY, "this node has too many to run; ask again later"),
          Duration.ZERO);
    }
  }

  private void run(TrialRequest request) {
    if (!request.expires().isAfter(clock.instant())) {
      answer(
          refusal(request.id(), TrialRefusal.EXPIRED, "it waited for others until it was too late"),
          Duration.ZERO);
      return;
    }
    answer(bounded(outcome(request)), spread(request));
  }

  /** On a thread of its own, so that one that does not end can be cut off. */
  private TrialAnswer outcome(TrialRequest request) {
    TestDefinition test = request.test();
    TestDefinition once =
        test.toBuilder().samples(Math.min(test.samples(), TrialRules.MOST_SAMPLES)).build();
    AtomicReference<@Nullable TrialAnswer> found = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .name("trial-" + request.id())
            .start(() -> found.set(outcome(request.id(), once)));
    try {
      if (!thread.join(longest)) {
        thread.interrupt();
        thread.join(GRACE);
        return refusal(
            request.id(),
            TrialRefusal.TIMED_OUT,
            "cut off: it took more than " + longest.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    TrialAnswer answer = found.get();
    return answer == null ? refusal(request.id(), TrialRefusal.STOPPED, "this node ends") : answer;
  }

  private TrialAnswer outcome(String id, TestDefinition test) {
    try {
      Run run = host.run(test);
      return new TrialAnswer(id, host.name(), null, "", run, clock.instant());
    } catch (InterruptedException e) {
      return refusal(id, TrialRefusal.STOPPED, "this node ends");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.log(Level.WARNING, "the trial {0} broke: {1}", id, e.getClass().getName());
      return refusal(id, TrialRefusal.STOPPED, "it broke: " + e.getClass().getSimpleName());
    }
  }

  /** No more than an answer may take; pictures are attachments, and bounded before. */
  private static TrialAnswer bounded(TrialAnswer answer) {
    Run run = answer.run();
    if (run == null) {
      return answer;
    }
    JsonObject document = TrialAnswerDocument.TYPE.write(answer);
    document.remove("_attachments");
    if (document.toString().length() <= TrialRules.LARGEST_ANSWER) {
      return answer;
    }
    return new TrialAnswer(
        answer.request(),
        answer.node(),
        null,
        "there was too much to tell; only the times are kept",
        TrialRules.timesAlone(run),
        answer.at());
  }

  private TrialAnswer refusal(String id, TrialRefusal why, String text) {
    return new TrialAnswer(id, host.name(), why, text, null, clock.instant());
  }

  /** When all are asked, not all answer at once. */
  private Duration spread(TrialRequest request) {
    Duration within = request.nodes().isEmpty() ? host.spread() : Duration.ZERO;
    return within.isPositive()
        ? Duration.ofNanos(random.nextLong(within.toNanos() + 1))
        : Duration.ZERO;
  }

  private void answer(TrialAnswer answer, Duration after) {
    try {
      answers.execute(() -> write(answer, after));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "too many answers wait: none to {0}", answer.request());
    }
  }

  private void write(TrialAnswer answer, Duration after) {
    try {
      TimeUnit.NANOSECONDS.sleep(after.toNanos());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          trials.answer(answer);
          return;
        } catch (HubException e) {
          if (e.kind() != HubException.Kind.UNAVAILABLE || attempt == ATTEMPTS - 1) {
            LOG.log(
                Level.WARNING,
                "the answer to {0} is given up: {1}",
                answer.request(),
                e.getMessage());
            return;
          }
          TimeUnit.NANOSECONDS.sleep(BACKOFF.delay(attempt, random).toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the node ends
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an answer to a trial could not be written", e);
    }
  }

  /** Cuts off what runs; what was not answered never will be. */
  @Override
  public void close() {
    runs.shutdownNow();
    answers.shutdownNow();
  }

  private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofVirtual().name(name + "-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}

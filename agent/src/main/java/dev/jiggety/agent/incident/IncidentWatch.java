package dev.jiggety.agent.incident;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides on incidents for as long as wanted. What the feeds tell is put into a bounded line that
 * one thread works off; where that is slower than the feeds, they wait. The loop ends by {@link
 * #close} only.
 */
public final class IncidentWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(IncidentWatch.class.getName());
  private static final int LONGEST_LINE = 5_000;
  private static final int AT_ONCE = 500;
  private static final String STEPS = "deciding";
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration BEHIND = Duration.ofSeconds(10);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final Sources sources;
  private final Term term;
  private final Desk desk;
  private final BlockingQueue<Task> line = new LinkedBlockingQueue<>(LONGEST_LINE);
  private final Deque<HubFeed.Subscription> following = new ArrayDeque<>(); // of the loop
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("incidents-reading").factory());
  private final Thread thread;
  private volatile boolean closed;

  private record Task(Runnable body, long since) {}

  private IncidentWatch(Sources sources, Term term) {
    this.sources = sources;
    this.term = term;
    this.desk = new Desk(sources, term, background, this::post);
    this.thread = Thread.ofVirtual().name("incidents").unstarted(this::run);
  }

  /** Starts one. The hub need not be there. */
  public static IncidentWatch start(Sources sources, Term term) {
    IncidentWatch watch = new IncidentWatch(sources, term);
    watch.thread.start();
    return watch;
  }

  /** Ends it. What is being written may still be written. */
  @Override
  public void close() {
    closed = true;
    background.shutdownNow();
    thread.interrupt();
  }

  private void run() {
    try {
      begin();
      boolean isStumbling = false;
      while (!closed) {
        try {
          work();
          desk.step();
          if (isStumbling) {
            isStumbling = false;
            term.fine(STEPS);
          }
        } catch (InterruptedException e) {
          LOG.log(System.Logger.Level.DEBUG, "interrupted; closing is told by the flag", e);
        } catch (RuntimeException | Error e) {
          term.trouble(STEPS, "deciding on incidents stumbles: " + e);
          LOG.log(
              isStumbling ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
              "a step of deciding on incidents failed",
              e);
          isStumbling = true;
        }
      }
    } finally {
      stopFollowing();
    }
  }

  /** Reads what is open and follows what comes, as often as that needs. */
  private void begin() {
    for (int failures = 0; !closed; failures++) {
      try {
        desk.open();
        follow();
        term.fine("the hub");
        return;
      } catch (RuntimeException e) {
        stopFollowing();
        LOG.log(System.Logger.Level.DEBUG, "incidents cannot be read", e);
        term.trouble("the hub", "incidents cannot be read: " + e.getMessage());
        pause(RETRY.delay(failures, RandomGenerator.getDefault()));
      }
    }
  }

  private void stopFollowing() {
    following.forEach(HubFeed.Subscription::close);
    following.clear();
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "interrupted; closing is told by the flag", e);
    }
  }

  private void follow() {
    following.push(
        sources.incidents().follow(term.now().minus(Desk.REMEMBERED), new IncidentEar()));
    following.push(sources.feed().follow(term.now().minus(Judge.LOOK_BACK), new Ear()));
  }

  /** What was told meanwhile; waits a little where that is nothing. */
  private void work() throws InterruptedException {
    Task task = line.poll(STEP.toMillis(), TimeUnit.MILLISECONDS);
    if (task == null) {
      term.fine("behind");
      return;
    }
    Duration waited = Duration.ofNanos(System.nanoTime() - task.since());
    if (waited.compareTo(BEHIND) > 0) {
      term.trouble("behind", "results are judged " + waited.toSeconds() + " s after they came");
    } else {
      term.fine("behind");
    }
    for (int i = 0; task != null && i < AT_ONCE; i++) {
      task.body().run();
      task = line.poll();
    }
  }

  private void post(Runnable body) {
    try {
      Task task = new Task(body, System.nanoTime());
      while (!closed && !line.offer(task, STEP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.TRACE, "the feed waits");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Ear implements HubFeed.Listener {
    @Override
    public void test(Stored<TestDefinition> test) {
      post(() -> desk.test(test.value()));
    }

    @Override
    public void testDeleted(String testId) {
      post(() -> desk.testGone(testId));
    }

    @Override
    public void configuration(String id, @Nullable JsonObject document) {
      post(() -> desk.configuration(id, document));
    }

    @Override
    public void node(NodeStatus node) {
      post(() -> desk.node(node));
    }

    @Override
    public void batch(Batch batch) {
      post(() -> desk.batch(batch));
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      post(() -> desk.connection(connection));
    }
  }

  private final class IncidentEar implements IncidentRepository.Listener {
    @Override
    public void incident(Stored<Incident> incident) {
      post(() -> desk.incident(incident));
    }

    @Override
    public void act(IncidentAct act) {
      post(() -> desk.act(act));
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      LOG.log(System.Logger.Level.DEBUG, "incidents: {0}", connection);
    }
  }
}

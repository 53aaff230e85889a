package dev.jiggety.agent.enroll;

import dev.jiggety.repository.HubException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The active manager's part: hears of invitations, of those who ask with one, and of dismissals,
 * and sees to each at once. Nothing is remembered between two looks but when an invitation ends:
 * what is to be done is read from the hub each time, so that another manager can go on anywhere. On
 * a thread of its own; the loop cannot die.
 */
public final class EnrolmentDesk implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EnrolmentDesk.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration LAST = Duration.ofSeconds(3);
  private static final String FEED = "the feed of the enrolment";
  private static final String HUB = "enrolment";
  private static final String SWEEPING = "accounts";

  private final EnrolmentBoard board;
  private final EnrolmentTerm term;
  private final Registrar registrar;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** What is to be looked at; each once, however often it was told. */
  private final Set<String> waiting = new LinkedHashSet<>();

  /** When open invitations end. */
  private final Map<String, Instant> open = new HashMap<>();

  private final Thread thread;
  private @Nullable AutoCloseable feed;
  private @Nullable Instant swept;
  private volatile boolean closed;

  private EnrolmentDesk(EnrolmentBoard board, EnrolmentTerm term) {
    this.board = board;
    this.term = term;
    this.registrar = new Registrar(board, term);
    this.thread = Thread.ofVirtual().name("enrolment").unstarted(this::loop);
  }

  /** Begins and returns at once. */
  public static EnrolmentDesk begin(EnrolmentBoard board, EnrolmentTerm term) {
    EnrolmentDesk desk = new EnrolmentDesk(board, term);
    desk.feed = board.follow(desk::add, desk::heard);
    desk.thread.start();
    return desk;
  }

  /** One that does nothing by itself; for tests, which say when. */
  static EnrolmentDesk idle(EnrolmentBoard board, EnrolmentTerm term) {
    return new EnrolmentDesk(board, term);
  }

  /** Something has come or changed. Bounded by the number of documents, as each is kept once. */
  void add(String documentId) {
    int colon = documentId.indexOf(':');
    String kind = colon < 0 ? "" : documentId.substring(0, colon);
    String subject =
        switch (kind) {
          case "invitation", "join" -> "invitation:" + documentId.substring(colon + 1);
          case "dismissal" -> documentId;
          default -> "";
        };
    if (subject.isEmpty() || closed) {
      return;
    }
    lock.lock();
    try {
      waiting.add(subject);
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private void heard(String lost) {
    if (lost.isEmpty()) {
      term.fine(FEED);
    } else {
      term.trouble(FEED, lost);
    }
  }

  private void loop() {
    try {
      while (!closed && !term.isOver()) {
        await();
        try {
          turn();
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "a look at the enrolment failed; it is done again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void await() throws InterruptedException {
    lock.lock();
    try {
      long left = LOOK.toNanos();
      while (waiting.isEmpty() && left > 0) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sees to everything that waits, and to what time has brought. */
  void turn() throws InterruptedException {
    Instant now = term.now();
    open.forEach((id, end) -> {
      if (!now.isBefore(end)) {
        add("invitation:" + id);
      }
    });
    List<String> subjects = takeAll();
    for (int i = 0; i < subjects.size(); i++) {
      if (closed || term.isOver()) {
        return;
      }
      if (!see(subjects.get(i))) {
        subjects.subList(i + 1, subjects.size()).forEach(this::add);
        add(subjects.get(i)); // the last, so that one that fails for ever keeps nobody waiting
        Thread.sleep(LOOK);
        return;
      }
    }
    if (swept == null || !now.isBefore(swept.plus(SWEEP))) {
      sweep(now);
    }
  }

  private List<String> takeAll() {
    lock.lock();
    try {
      List<String> all = new ArrayList<>(waiting);
      waiting.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is seen to; not where the hub could not be asked. */
  private boolean see(String subject) {
    String id = subject.substring(subject.indexOf(':') + 1);
    try {
      if (subject.startsWith("dismissal:")) {
        registrar.dismiss(id);
      } else {
        Instant end = registrar.settle(id);
        if (end == null) {
          open.remove(id);
        } else {
          open.put(id, end);
        }
      }
      term.fine(HUB);
      return true;
    } catch (HubException e) {
      term.trouble(HUB, String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, subject + " is left as it is after a fault", e);
      return true;
    }
  }

  private void sweep(Instant now) {
    try {
      int nodes = new Sweep(board, term).run();
      term.says("%d nodes have an account, %d invitations are open".formatted(nodes, open.size()));
      term.fine(SWEEPING);
    } catch (HubException e) {
      term.trouble(SWEEPING, String.valueOf(e.getMessage()));
    }
    swept = now;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (feed != null) {
        feed.close();
      }
      if (thread.getState() != Thread.State.NEW && !thread.join(LAST)) {
        LOG.log(Level.WARNING, "the desk of the enrolment does not close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the feed of the enrolment does not close: {0}", e.toString());
    }
  }
}

package dev.jiggety.agent.trial;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.repository.HubException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The active manager's part: looks at requests in the order in which they come, shows nodes those
 * that are right, answers, and removes what is old. What it lets through is looked at once more by
 * every node; it is there so that nodes are woken rarely and people hear at once what is wrong. On
 * a thread of its own; the loop cannot die.
 */
public final class TrialDesk implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TrialDesk.class.getName());
  private static final int MOST_WAITING = 200;
  private static final int REMEMBERED = 1_000;
  private static final Duration TIDY = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(3);
  private static final String FEED = "the feed of trials";
  private static final String HUB = "trials";

  private final TrialBoard board;
  private final TrialTerm term;
  private final LinkedBlockingDeque<JsonObject> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
  private final TrialGate gate = new TrialGate(Instant.EPOCH);
  private final Deque<Instant> passedOn = new ArrayDeque<>();
  private final Set<String> decided =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });
  private final Thread thread;
  private @Nullable AutoCloseable feed;
  private volatile boolean closed;
  private @Nullable Instant tidied;

  /** What the manager's turn is to this part. */
  public interface TrialTerm {
    /** Whether it is over: then nothing may be written any more. */
    boolean isOver();

    /** The hub's time. */
    Instant now();

    /** How it is getting on, in a line. */
    void says(String text);

    /** Something is wrong from now on. */
    void trouble(String about, String text);

    /** It is not wrong any more. */
    void fine(String about);
  }

  private TrialDesk(TrialBoard board, TrialTerm term) {
    this.board = board;
    this.term = term;
    this.thread = Thread.ofVirtual().name("trials").unstarted(this::loop);
  }

  /** Begins and returns at once. */
  public static TrialDesk begin(TrialBoard board, TrialTerm term) {
    TrialDesk desk = new TrialDesk(board, term);
    desk.feed = board.follow(desk::add, desk::heard);
    desk.thread.start();
    return desk;
  }

  /** One that does nothing by itself; for tests, which say when. */
  static TrialDesk idle(TrialBoard board, TrialTerm term) {
    return new TrialDesk(board, term);
  }

  private void add(JsonObject document) {
    if (!closed && !waiting.offerLast(document)) {
      LOG.log(Level.WARNING, "too many trials wait; one is left out");
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
        JsonObject next = waiting.pollFirst(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        try {
          if (next != null) {
            decide(next);
          } else {
            tidy();
          }
          term.fine(HUB);
        } catch (HubException e) {
          term.trouble(HUB, String.valueOf(e.getMessage()));
          if (next != null) {
            waiting.offerFirst(next);
          }
          Thread.sleep(AGAIN);
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "a trial is left out after a fault", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Decides on a request; nothing happens where that was done before. */
  void decide(JsonObject document) {
    String id = TrialGate.idOf(document);
    if (id.isEmpty() || decided.contains(id) || term.isOver()) {
      return;
    }
    Instant now = term.now();
    if (isForgotten(document, now) || board.isAnswered(id)) {
      decided.add(id);
      return;
    }
    List<JsonObject> shown = board.shown();
    if (shown.stream().noneMatch(other -> TrialGate.idOf(other).equals(id))) {
      TrialAnswer refusal = refusal(document, id, now);
      if (refusal != null) {
        board.answer(refusal);
        decided.add(id);
        return;
      }
      board.show(withNew(shown, document, now));
      passedOn.addLast(now);
    }
    board.answer(new TrialAnswer(id, "", null, words(document), null, now));
    decided.add(id);
    term.says("passed on the trial " + id);
  }

  private @Nullable TrialAnswer refusal(JsonObject document, String id, Instant now) {
    while (!passedOn.isEmpty() && passedOn.peekFirst().isBefore(now.minusSeconds(60))) {
      passedOn.removeFirst();
    }
    if (passedOn.size() >= TrialRules.PER_MINUTE) {
      return new TrialAnswer(
          id,
          "",
          TrialRefusal.TOO_MANY,
          "%s trials were asked for within a minute, each of which wakes every node; ask again soon"
              .formatted(TrialRules.PER_MINUTE),
          null,
          now);
    }
    return switch (gate.check(document, board.trust(), now)) {
      case TrialGate.Decision.Admitted(TrialRequest _) -> null;
      // Let in by us before, when the hub went away in the middle.
      case TrialGate.Decision.Refused(TrialRefusal why, String _)
          when why == TrialRefusal.REPLAYED ->
          null;
      case TrialGate.Decision.Refused(TrialRefusal why, String text) ->
          new TrialAnswer(id, "", why, text, null, now);
    };
  }

  private static List<JsonObject> withNew(
      List<JsonObject> shown, JsonObject document, Instant now) {
    JsonObject signed = document.deepCopy();
    signed.remove("_rev");
    List<JsonObject> next = new ArrayList<>();
    shown.stream().filter(other -> time(other, "expires").isAfter(now)).forEach(next::add);
    next.add(signed);
    return next.size() <= TrialRules.AT_ONCE
        ? next
        : next.subList(next.size() - TrialRules.AT_ONCE, next.size());
  }

  private static String words(JsonObject document) {
    return document.has("nodes") && document.get("nodes").isJsonArray()
        ? "passed on to " + document.getAsJsonArray("nodes").size() + " nodes by name"
        : "passed on to every node that the test would run on";
  }

  /** From another time: nobody waits for an answer any more. */
  private static boolean isForgotten(JsonObject document, Instant now) {
    return time(document, "created").isBefore(now.minus(TrialRules.KEPT));
  }

  private static Instant time(JsonObject document, String name) {
    JsonElement value = document.get(name);
    try {
      return value == null ? Instant.EPOCH : Instant.ofEpochMilli(value.getAsLong());
    } catch (RuntimeException e) {
      return Instant.EPOCH; // it says no time at all
    }
  }

  private void tidy() {
    Instant now = term.now();
    if (term.isOver() || (tidied != null && tidied.plus(TIDY).isAfter(now))) {
      return;
    }
    board.tidy(now.minus(TrialRules.KEPT));
    tidied = now;
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
        LOG.log(Level.WARNING, "the desk of trials does not close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the feed of trials does not close: {0}", e.toString());
    }
  }
}

package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Line;
import dev.jiggety.model.Rollout;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The database of patches as the manager uses it. Each call waits for the hub and throws {@link
 * dev.jiggety.repository.HubException} when it cannot be asked. Records are written by
 * compare-and-swap on the revision that this board wrote or took up last ({@link #rollout}, {@link
 * #open}, {@link #line}), so that a manager that wakes up late overwrites nothing. Other reading
 * does not count: what was read by the way must not be written over. For one thread, but for {@link
 * #follow}.
 */
public interface PatchBoard {

  /** A patch as it was handed in, with its signature. */
  Optional<JsonObject> patch(String patchId);

  /** A rollout, also one that has ended. */
  Optional<Rollout> rollout(String rolloutId);

  /** All rollouts that have not ended. */
  List<Rollout> open();

  /**
   * Rollouts that have ended and have a place in the line from {@code from} to {@code to}; to look
   * at, not to write.
   */
  List<Rollout> ended(long from, long to);

  /**
   * Writes a rollout.
   *
   * @throws StaleException when somebody else wrote it in between
   */
  void store(Rollout rollout);

  /**
   * Writes several rollouts; where that fails, some of them may be written.
   *
   * @throws StaleException when somebody else wrote one of them in between
   */
  default void storeAll(List<Rollout> rollouts) {
    rollouts.forEach(this::store);
  }

  /** Those of these rollouts that there are, in any order; to look at, not to write. */
  List<Rollout> rollouts(Collection<String> rolloutIds);

  /** The places in the line; {@link Line#EMPTY} for none yet. */
  Line line();

  /**
   * Writes the places in the line.
   *
   * @throws StaleException when somebody else wrote them in between
   */
  void store(Line line);

  /** Whether that command was decided on. */
  boolean isAnswered(String commandId);

  /** Writes what became of a command; one that was answered stays answered as it was. */
  void answer(CommandAnswer answer);

  /** Keeps what stood in the place of what a rollout is going to change, once. */
  void keepBefore(String rolloutId, Configuration before);

  /** The last line of the audit log; empty for none yet. */
  Optional<AuditEntry> lastAudit();

  /**
   * The last lines of the audit log, in any order: what a manager that takes over compares with the
   * stories of rollouts.
   *
   * @param most how many at most, at least 1
   */
  List<AuditEntry> lastAudits(int most);

  /**
   * Adds a line to the audit log.
   *
   * @throws StaleException when somebody else has added one of that number
   */
  void append(AuditEntry entry);

  /**
   * Tells of patches and commands that may not have been taken in yet, and of each new one, until
   * it is closed. Told on one thread; things can be told twice, never left out.
   */
  AutoCloseable follow(Intake intake);

  /** What operators hand in, with signatures. */
  interface Intake {
    /** A {@code patch:} document. */
    void patch(JsonObject document);

    /** A {@code command:} document. */
    void command(JsonObject document);

    /** The feed is lost, or is there again; told on changes only. */
    void connection(boolean connected, String reason);
  }

  /**
   * A patch or command that {@link #follow} has told is taken in: it need not be told again to a
   * manager that starts later, as soon as all that was told before it is taken in too. Returns at
   * once, throws nothing, can be called by any thread.
   *
   * @param documentId of the document that was told, like {@code patch:p-7}
   */
  void takenIn(String documentId);
}

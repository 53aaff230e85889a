package dev.jiggety.agent.manager;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Something that only the active manager does, beside carrying patches out. It begins when a
 * manager has taken over, and ends when its turn is over; that the manager reads everything again
 * in between does not end it. Whatever it throws, the manager goes on.
 */
public interface Companion {

  /** What it does, in a word or two, like {@code incidents}; for people and threads. */
  String name();

  /**
   * Begins, and returns soon: the work goes on in threads of its own. Called on a thread that is
   * this companion's alone, never before what was begun before is closed.
   *
   * @return ends it; called on the same thread, must return soon and may be called when the turn is
   *     long over
   * @throws Exception when it cannot begin now; it is begun again after a while
   */
  AutoCloseable begin(Turn turn) throws Exception;

  /** One time of being the active manager's companion. Safe for any thread. */
  interface Turn {
    /** Grows with every manager that takes over; belongs into what is written. */
    long epoch();

    /**
     * Whether it is over: then nothing may be written any more. To be asked before every write. A
     * process that stood still asks too late; so writes must also go by revision.
     */
    boolean isOver();

    /** The hub's time, as well as it is known. */
    Instant now();

    /** The manager's name. */
    String manager();

    /** The manager's key: nodes believe what it signs. */
    SigningKey key();

    /** The keys that are in force, as the manager itself has made sure; not what a hub shows. */
    Trust trust();

    /** It cannot go on: it is closed, and begun again after a while. */
    void failed(String why);

    /** How it is getting on, in a line; takes the place of what it said before. */
    void says(String text);

    /**
     * Something is wrong from now on.
     *
     * @param about what it is about: one trouble for each
     */
    void trouble(String about, String text);

    /** It is not wrong any more, if it was. */
    void fine(String about);
  }

  /** Makes the companions of a manager; nothing is sent yet. */
  interface Factory {
    /** None. */
    Factory NONE = (hub, names, sealing, data) -> List.of();

    /**
     * The companions of a manager.
     *
     * @param hub the manager's own; ends with it
     * @param names what its databases are called
     * @param sealing what secrets for this manager are sealed to
     * @param data the manager's data folder, for what must not be asked of a hub
     */
    List<Companion> on(Hub hub, DatabaseNames names, SealingKey sealing, Path data);
  }
}

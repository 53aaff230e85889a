package dev.jiggety.desktop.view.start;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.program.Trial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the first start does on this machine and on a hub. All of it blocks: never on the FX thread,
 * except {@link #close} and {@link #hasProgram}.
 */
public interface FirstSteps extends AutoCloseable {
  /**
   * What answers at an address.
   *
   * @param vendor like {@code CouchDB}
   * @param version like {@code 3.5.0}
   * @param admin whether we may make databases there
   * @param provisioned whether the databases of Jiggety are there already
   */
  record Found(String vendor, String version, boolean admin, boolean provisioned) {}

  /** Whether the headless program is on this machine. */
  boolean hasProgram();

  /**
   * Starts everything on this machine, or finds it running.
   *
   * @param stages is told how far it is, on this thread
   * @throws IOException in one line for people
   */
  Trial.Ready tryHere(Consumer<String> stages) throws IOException;

  /** Gives up what {@link #tryHere} is starting. For any thread. */
  void stopTrying();

  /**
   * Asks what answers there.
   *
   * @throws IOException in one line for people
   * @throws IllegalArgumentException when that is no address; in one line for people
   */
  Found look(String url, Optional<Credentials> login) throws IOException;

  /**
   * Makes the databases.
   *
   * @return what was done, a line each
   * @throws IOException in one line for people
   */
  List<String> provision(String url, Optional<Credentials> login)
      throws IOException, InterruptedException;

  @Override
  void close();
}

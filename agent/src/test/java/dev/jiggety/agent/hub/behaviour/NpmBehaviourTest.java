package dev.jiggety.agent.hub.behaviour;

import dev.jiggety.testing.NpmCouch;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PouchDB's server, which shares no code with ours, and where it is no CouchDB. */
class NpmBehaviourTest extends BehaviourContract {
  private static NpmCouch open;
  private static NpmCouch guarded;

  @BeforeAll
  static void start() {
    open = NpmCouch.start();
    guarded = NpmCouch.start(ADMIN, PASSWORD);
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  @Override
  protected URI open() {
    return open.url();
  }

  @Override
  protected URI guarded() {
    return guarded.url();
  }

  /** Some requests that it does not expect end its process. */
  @Override
  protected void revive() {
    for (var couch : List.of(open, guarded)) {
      try (var answer = couch.url().toURL().openStream()) {
        answer.readAllBytes();
      } catch (IOException e) {
        couch.restart();
      }
    }
  }

  @Override
  protected Map<String, String> differences() {
    return NpmDifferences.ALL;
  }
}

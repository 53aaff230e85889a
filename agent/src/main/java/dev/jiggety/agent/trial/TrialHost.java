package dev.jiggety.agent.trial;

import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What trying tests needs of a node. Safe for any thread. */
public interface TrialHost {
  /** The node's name. */
  String name();

  /** The node's tags. */
  Collection<String> tags();

  /** Whom the node believes. */
  Trust trust();

  /** What is lacking here to run a test, a line each. */
  List<String> lacks(TestDefinition test);

  /** Runs a test once and keeps nothing of it. */
  Run run(TestDefinition test) throws InterruptedException;

  /** Over how long answers of all nodes are spread at the moment; zero for at once. */
  Duration spread();
}

package dev.jiggety.agent.probe.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks name servers. */
@FunctionalInterface
interface NameService {

  /**
   * The records of a name, as text; empty when there are none of the kind.
   *
   * @param record {@code A}, {@code AAAA}, {@code CNAME}, {@code MX}, {@code NS}
   * @param server host or address; empty for the machine's
   * @throws ScriptFailure when the name does not exist or nobody answers
   */
  List<String> ask(String name, String record, Optional<String> server, Duration timeout);
}

package dev.jiggety.agent.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How this very program is started once more.
 *
 * @param command what comes before the name of a role
 */
public record Program(List<String> command) {
  public Program {
    command = List.copyOf(command);
  }

  /** The whole command of a role. */
  public List<String> with(List<String> arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    return all;
  }
}

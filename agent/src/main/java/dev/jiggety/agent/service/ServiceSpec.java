package dev.jiggety.agent.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A role that is to run as a service of this machine.
 *
 * @param program how this program is started, without the role
 * @param data its data folder, absolute
 * @param options more of the command line, without any secret
 * @param user who runs it; empty for who installs it
 */
public record ServiceSpec(
    Role role, List<String> program, Path data, List<String> options, String user) {

  /** What can be a service. */
  public enum Role {
    NODE("testing node"),
    HUB("hub"),
    MANAGER("patch manager");

    private final String words;

    Role(String words) {
      this.words = words;
    }

    /** As on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ServiceSpec {
    program = List.copyOf(program);
    options = List.copyOf(options);
    if (!data.isAbsolute()) {
      throw new IllegalArgumentException("the data folder of a service has to be absolute");
    }
    for (String text : options) {
      if (text.chars().anyMatch(c -> c < ' ')) {
        throw new IllegalArgumentException("an option of a service holds a control character");
      }
    }
  }

  /** The name of the service where names are short: {@code jiggety-node}. */
  public String name() {
    return "jiggety-" + role.label();
  }

  /** One line for people. */
  String description() {
    return "Jiggety " + role.words;
  }

  /** The whole command. */
  List<String> command() {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(role.label(), "--data", data.toString()));
    command.addAll(options);
    return command;
  }
}

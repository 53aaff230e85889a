package dev.jiggety.desktop;

import dev.jiggety.couch.Credentials;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line. Credentials come from the environment ({@code JIGGETY_USER}, {@code
 * JIGGETY_PASSWORD}): whoever can list processes can read a command line.
 *
 * @param hub the hub to connect to at once
 * @param data where the settings are kept instead of the user's configuration folder
 * @param login who asks
 * @param help whether only the usage is wanted
 */
record Arguments(
    Optional<String> hub, Optional<Path> data, Optional<Credentials> login, boolean help) {
  static final String USAGE =
      """
      Usage: jiggety desktop [--hub URL] [--data DIR]

        --hub URL    connect to this hub at once, like http://127.0.0.1:5984
        --data DIR   keep settings here instead of in your configuration folder

      JIGGETY_USER and JIGGETY_PASSWORD in the environment say who connects.
      """;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with one line for people
   */
  static Arguments parse(List<String> words, Map<String, String> environment) {
    Optional<String> hub = Optional.empty();
    Optional<Path> data = Optional.empty();
    boolean help = false;
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--hub" -> hub = Optional.of(value(word, rest));
        case "--data" -> data = Optional.of(folder(value(word, rest)));
        case "-h", "--help" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "\"" + word + "\" is not an option; try jiggety desktop --help");
      }
    }
    return new Arguments(hub, data, Credentials.fromEnvironment(environment), help);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value; try jiggety desktop --help");
    }
    return rest.next();
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--data: \"" + text + "\" cannot be a folder", e);
    }
  }
}

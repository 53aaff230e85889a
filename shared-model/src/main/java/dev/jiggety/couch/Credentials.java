package dev.jiggety.couch;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A name and a password for a hub. They come from the environment or from a file that nobody else
 * can read, never from the command line, where every user of the machine sees them.
 *
 * @param user the name
 * @param password the password; prints as stars
 */
public record Credentials(String user, Secret password) {
  /** The environment variable with the name. */
  public static final String USER_VARIABLE = "JIGGETY_USER";

  /** The environment variable with the password. */
  public static final String PASSWORD_VARIABLE = "JIGGETY_PASSWORD";

  /** A name and a password as text. */
  public static Credentials of(String user, String password) {
    return new Credentials(user, Secret.of(password));
  }

  /**
   * Those of the environment; empty when neither variable is set.
   *
   * @throws IllegalArgumentException when only one of the two is set
   */
  public static Optional<Credentials> fromEnvironment(Map<String, String> environment) {
    String user = environment.getOrDefault(USER_VARIABLE, "");
    String password = environment.getOrDefault(PASSWORD_VARIABLE, "");
    if (user.isEmpty() != password.isEmpty()) {
      throw new IllegalArgumentException(
          "set both " + USER_VARIABLE + " and " + PASSWORD_VARIABLE + ", or neither");
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(of(user, password));
  }

  /**
   * Those of a file that holds two lines, the user and the password, or one, {@code user:password}.
   *
   * @throws IllegalArgumentException with one line that says what is wrong with the file and how to
   *     mend it
   */
  public static Credentials fromFile(Path file) {
    try {
      PrivateFiles.refuseReadableByOthers(file, "credentials file");
      return fromLines(Files.readAllLines(file), file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no credentials file " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the credentials file " + file, e);
    }
  }

  private static Credentials fromLines(List<String> lines, Path file) {
    if (lines.size() == 2 && !lines.getFirst().isBlank()) {
      return of(lines.getFirst().strip(), lines.getLast());
    }
    int colon = lines.size() == 1 ? lines.getFirst().indexOf(':') : -1;
    if (colon < 1) {
      throw new IllegalArgumentException(
          file + " must hold two lines, the user and the password, or one, user:password");
    }
    return of(lines.getFirst().substring(0, colon), lines.getFirst().substring(colon + 1));
  }
}

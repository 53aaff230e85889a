package dev.jiggety.agent.probe;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import dev.jiggety.model.rules.Placeholders;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as files of one folder, each named like its secret, for nobody else to read; a line feed
 * at the end does not belong to it. Read anew each time: a file that is replaced counts from the
 * next run on.
 *
 * @param folder where they are; it need not be there
 */
public record SecretFiles(Path folder) implements Secrets {
  /** The environment variable by which systemd names the folder of a service's credentials. */
  public static final String FOLDER_VARIABLE = "CREDENTIALS_DIRECTORY";

  /** Shorter ones cannot be masked without masking everything else too. */
  static final int SHORTEST = 4;

  private static final long LARGEST = 64 << 10;

  /**
   * The folder to use.
   *
   * @param given the one that was asked for; null for none
   * @param data the node's own folder
   */
  public static SecretFiles of(@Nullable Path given, Map<String, String> environment, Path data) {
    if (given != null) {
      return new SecretFiles(given);
    }
    String credentials = environment.getOrDefault(FOLDER_VARIABLE, "");
    return new SecretFiles(credentials.isEmpty() ? data.resolve("secrets") : Path.of(credentials));
  }

  @Override
  public Secret get(String name) throws SecretMissingException {
    if (!Placeholders.isSecretName(name)) {
      throw new SecretMissingException("no secret can be called " + name);
    }
    Path file = folder.resolve(name);
    try {
      PrivateFiles.refuseReadableByOthers(file, "secret");
      if (Files.size(file) > LARGEST) {
        throw unusable(name, "is larger than " + LARGEST / 1024 + " KiB");
      }
      String text = withoutLastLineFeed(Files.readString(file));
      if (text.length() < SHORTEST) {
        throw unusable(name, "has fewer than " + SHORTEST + " characters and could not be masked");
      }
      return Secret.of(text);
    } catch (NoSuchFileException e) {
      throw new SecretMissingException(
          "the secret " + name + " is missing: put it into the file " + file + " (mode 0600)");
    } catch (CharacterCodingException e) {
      throw unusable(name, "is no text in UTF-8");
    } catch (IOException e) {
      throw new SecretMissingException(
          "the secret " + name + " cannot be read: see the rights of " + file);
    } catch (IllegalArgumentException e) {
      throw new SecretMissingException(String.valueOf(e.getMessage()));
    }
  }

  private SecretMissingException unusable(String name, String why) {
    return new SecretMissingException(
        "the secret " + name + " " + why + "; mend the file " + folder.resolve(name));
  }

  private static String withoutLastLineFeed(String text) {
    String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
  }
}

package dev.jiggety.desktop.shell;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.model.rules.Digests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What went wrong though it should not have, in a file that a person can look through and hand on.
 * The same failure always has the same code, on every computer, so that a code can be quoted and
 * looked for. Secrets are left out: user information and query parts of addresses, and whatever
 * follows a word for a secret.
 */
final class CrashReports {
  private static final int FRAMES = 8;
  private static final int CODE_DIGITS = 8;
  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/\\s@]+@");
  private static final Pattern QUERY = Pattern.compile("(?<=\\?)[^\\s\"'<>]+");
  private static final Pattern TOLD =
      Pattern.compile(
          "(?i)((?:pass(?:word|phrase|wd)?|secret|token|authorization|api[-_]?key|cookie|bearer"
              + "|basic|private[-_]?key)[\"']?\\s*[:= ]\\s*[\"']?)(?:(?:bearer|basic)\\s+)?"
              + "[^\\s\"',;)}\\]]+");
  private static final List<String> FACTS =
      List.of(
          "os.name",
          "os.version",
          "os.arch",
          "java.version",
          "java.vendor",
          "javafx.runtime.version",
          "prism.order");

  private final Path folder;
  private final InstantSource clock;

  /**
   * Where reports are written.
   *
   * @param folder need not be there yet
   */
  CrashReports(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The code of a failure, like {@code 3F2A-91C0}: by where it came from, not by what it says. */
  static String code(Throwable failure) {
    StringBuilder origin = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      origin.append(at.getClass().getName()).append('\n');
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        origin.append(frames[i].getClassName()).append('.').append(frames[i].getMethodName());
        origin.append('\n');
      }
      if (at.equals(at.getCause())) {
        break;
      }
    }
    String digits =
        Digests.content(origin.toString())
            .digest()
            .substring(0, CODE_DIGITS)
            .toUpperCase(Locale.ROOT);
    return digits.substring(0, CODE_DIGITS / 2) + "-" + digits.substring(CODE_DIGITS / 2);
  }

  /**
   * Writes the report; blocks.
   *
   * @param where on which screen it happened
   * @return its file; one of the same failure is written over
   */
  Path write(Throwable failure, String where) throws IOException {
    String code = code(failure);
    Path file = folder.resolve("report-" + code + ".txt");
    PrivateFiles.replace(file, text(failure, code, where));
    return file;
  }

  private String text(Throwable failure, String code, String where) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.println("Jiggety desktop, failure " + code);
    out.println("at " + clock.instant() + ", on the screen: " + where);
    Map<String, String> facts = new TreeMap<>();
    FACTS.forEach(name -> facts.put(name, System.getProperty(name, "")));
    facts.forEach((name, value) -> out.println(name + " = " + value));
    Runtime runtime = Runtime.getRuntime();
    out.println(
        "memory = "
            + (runtime.totalMemory() - runtime.freeMemory()) / 1_048_576
            + " of "
            + runtime.maxMemory() / 1_048_576
            + " MiB, processors = "
            + runtime.availableProcessors());
    out.println();
    failure.printStackTrace(out);
    out.flush();
    return withoutSecrets(text.toString());
  }

  /** A text without what may be secret in it. */
  static String withoutSecrets(String text) {
    String plain = LOGIN.matcher(text).replaceAll("*****@");
    plain = QUERY.matcher(plain).replaceAll("*****");
    return TOLD.matcher(plain).replaceAll("$1*****");
  }
}

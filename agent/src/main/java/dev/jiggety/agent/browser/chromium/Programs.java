package dev.jiggety.agent.browser.chromium;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the programs are.
 *
 * @param chromium the browser
 * @param driver its driver
 * @param certutil what writes certificates for Chromium, needed for private authorities alone
 * @param problem why the engine cannot be used and what to do about it; empty when it can
 */
record Programs(
    Optional<Path> chromium, Optional<Path> driver, Optional<Path> certutil, String problem) {
  /** The variable that names the browser where it is not on the path. */
  static final String CHROMIUM = "JIGGETY_CHROMIUM";

  /** The variable that names the driver. */
  static final String DRIVER = "JIGGETY_CHROMEDRIVER";

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  /** Looks at the variables, then through the path. */
  static Programs find(Map<String, String> environment) {
    Optional<Path> chromium = find(environment, CHROMIUM, BROWSERS);
    Optional<Path> driver = find(environment, DRIVER, List.of("chromedriver"));
    Optional<Path> certutil = onPath(environment, List.of("certutil"));
    return new Programs(chromium, driver, certutil, problem(environment, chromium, driver));
  }

  /** The problem, if there is one. */
  Optional<String> missing() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  private static String problem(
      Map<String, String> environment, Optional<Path> chromium, Optional<Path> driver) {
    if (chromium.isPresent() && driver.isPresent()) {
      return "";
    }
    String variable = chromium.isEmpty() ? CHROMIUM : DRIVER;
    String given = environment.getOrDefault(variable, "");
    if (!given.isEmpty()) {
      return variable + " names " + given + ", which is no program that may be started";
    }
    String what =
        chromium.isPresent()
            ? "Chromium's driver (chromedriver) is"
            : driver.isPresent() ? "Chromium is" : "Chromium and its driver are";
    return what
        + " not on this node's path: apt-get install chromium chromium-driver, or name them by "
        + CHROMIUM
        + " and "
        + DRIVER;
  }

  private static Optional<Path> find(
      Map<String, String> environment, String variable, List<String> names) {
    String given = environment.getOrDefault(variable, "");
    if (given.isEmpty()) {
      return onPath(environment, names);
    }
    return Optional.of(Path.of(given)).filter(Programs::startable);
  }

  private static Optional<Path> onPath(Map<String, String> environment, List<String> names) {
    String path = environment.getOrDefault("PATH", "");
    return names.stream()
        .flatMap(name ->
            Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)))
        .filter(Programs::startable)
        .findFirst();
  }

  private static boolean startable(Path program) {
    return Files.isRegularFile(program) && Files.isExecutable(program);
  }
}

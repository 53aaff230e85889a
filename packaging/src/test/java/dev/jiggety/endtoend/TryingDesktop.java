package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The desktop in a process of its own, in which somebody presses “Try it on this computer”. Says
 * where the hub is, and then stays until it is killed.
 */
final class TryingDesktop {
  private TryingDesktop() {}

  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]);
    DesktopWindow window = new DesktopWindow(folder, folder.resolve("operator.key"), 1280, 800);
    window.press("tryHere");
    window.awaitThat(
        "the trial has begun", Duration.ofSeconds(60), () -> window.shell().session().isPresent());
    System.out.println(fx(() -> URI.create(window.shell().session().orElseThrow().hub().url())));
    new CountDownLatch(1).await();
  }
}

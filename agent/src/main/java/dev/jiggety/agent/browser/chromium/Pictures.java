package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import dev.jiggety.model.Picture;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What a page looks like, small enough to be attached to results. */
final class Pictures {
  /** Of a picture, in bytes. */
  private static final int MOST_BYTES = 300_000;

  private static final Duration TIME = Duration.ofSeconds(3);

  private Pictures() {}

  /** First without loss, then with less and less quality; empty when the page does not draw. */
  static Optional<Picture> take(Page page) {
    try {
      String drawn = capture(page, Json.with("format", "png", "optimizeForSpeed", true));
      if (fits(drawn)) {
        return Optional.of(new Picture("image/png", drawn));
      }
      for (int quality : new int[] {80, 50, 20}) {
        drawn = capture(page, Json.with("format", "jpeg", "quality", quality));
        if (fits(drawn)) {
          return Optional.of(new Picture("image/jpeg", drawn));
        }
      }
      JsonObject size =
          Json.of(page.call("Page.getLayoutMetrics", Json.with(), TIME), "cssVisualViewport");
      JsonObject half =
          Json.with(
              "x", Json.number(size, "pageX", 0),
              "y", Json.number(size, "pageY", 0),
              "width", Json.number(size, "clientWidth", 800),
              "height", Json.number(size, "clientHeight", 600),
              "scale", 0.5);
      drawn = capture(page, Json.with("format", "jpeg", "quality", 20, "clip", half));
      return Optional.of(drawn).filter(Pictures::fits).map(it -> new Picture("image/jpeg", it));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String capture(Page page, JsonObject how) throws IOException {
    return Json.text(page.call("Page.captureScreenshot", how, TIME), "data");
  }

  private static boolean fits(String base64) {
    return !base64.isEmpty() && base64.length() / 4 * 3 <= MOST_BYTES;
  }
}

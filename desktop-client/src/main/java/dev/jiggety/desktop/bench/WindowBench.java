package dev.jiggety.desktop.bench;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.application.Application;
import javafx.stage.Stage;

/**
 * The part of the benchmark that has a window, in a process of its own: {@code WindowBench FOLDER
 * HUB [SCALE …]}. Says each figure on standard output as an object; an object with {@code pour}
 * asks for news from the hub, and a line of standard input says how many there were.
 */
final class WindowBench implements Figure.Told {
  private static final List<Figure> FIGURES =
      List.of(new OverviewOpening(), new RawPoints(), new YearChart(), new Following());

  private final PrintStream out = System.out;
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private WindowBench() {}

  public static void main(String[] words) {
    Application.launch(Window.class, words);
  }

  /** Opens the window and lets the rest happen beside the FX thread. */
  public static final class Window extends Application {
    @Override
    public void start(Stage stage) throws IOException {
      List<String> words = getParameters().getRaw();
      Path folder = Files.createDirectories(Path.of(words.getFirst()));
      Room room = new Room(stage, folder, Scale.parse(words.subList(2, words.size())));
      Thread.ofPlatform()
          .name("bench")
          .start(() -> System.exit(new WindowBench().measure(room, words.get(1))));
    }
  }

  private int measure(Room room, String hub) {
    try {
      Scale scale = room.scale();
      room.connect(
          hub,
          picture ->
              picture.tests().size() == scale.tests()
                  && picture.tests().stream().allMatch(test -> test.lastAt() != null));
      for (Figure figure : FIGURES) {
        figure.measure(room, this);
      }
      return 0;
    } catch (Exception e) {
      System.err.println("jiggety bench desktop: " + e.getMessage());
      Arrays.stream(e.getStackTrace()).limit(6).forEach(at -> System.err.println("  at " + at));
      return 1;
    }
  }

  @Override
  public void figure(String name, double value, String unit) {
    JsonObject line = new JsonObject();
    line.addProperty("name", name);
    line.addProperty("value", value);
    line.addProperty("unit", unit);
    say(line);
  }

  @Override
  public void pour(int perSecond, int seconds) {
    JsonObject line = new JsonObject();
    line.addProperty("pour", perSecond);
    line.addProperty("seconds", seconds);
    say(line);
  }

  @Override
  public double poured() throws IOException {
    String answer = in.readLine();
    if (answer == null) {
      throw new IOException("nobody sends news");
    }
    return Double.parseDouble(answer);
  }

  private void say(JsonObject line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}

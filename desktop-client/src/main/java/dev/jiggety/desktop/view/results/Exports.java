package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.fx.PngWriter;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import javafx.scene.image.Image;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** Writes what is seen into a file. FX thread only; writing itself happens in the background. */
final class Exports {
  private final Desk desk;
  private final ResultsViewModel model;
  private final ChartStack charts;
  private @Nullable File folder;

  /** What can be written. */
  enum Format {
    PNG,
    SVG,
    CSV
  }

  private interface Writing {
    void to(Path file) throws IOException;
  }

  Exports(Desk desk, ResultsViewModel model, ChartStack charts) {
    this.desk = desk;
    this.model = model;
    this.charts = charts;
  }

  /** Asks for a file and writes it. */
  void ask(Format format) {
    String ending = format.name().toLowerCase(Locale.ROOT);
    FileChooser chooser = new FileChooser();
    chooser.setTitle(desk.texts().get("results.export." + format.name()));
    chooser.setInitialFileName(
        model.testIdProperty().get()
            + "-"
            + LocalDate.ofInstant(desk.now(), desk.zone())
            + "."
            + ending);
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(format.name(), "*." + ending));
    if (folder != null && folder.isDirectory()) {
      chooser.setInitialDirectory(folder);
    }
    File file = chooser.showSaveDialog(charts.getScene().getWindow());
    if (file != null) {
      folder = file.getParentFile();
      write(format, file.toPath());
    }
  }

  /** Writes what is seen now. */
  void write(Format format, Path file) {
    Writing writing =
        switch (format) {
          case PNG -> png();
          case SVG -> svg();
          case CSV -> csv();
        };
    desk.tasks()
        .create(() -> {
          writing.to(file);
          return true;
        })
        .called(desk.texts().get("results.export." + format.name()))
        .onSuccess(done ->
            desk.dialogs().say(Tone.DONE, desk.texts().get("results.exported", file.toString())))
        .onError(
            IOException.class,
            e ->
                desk.dialogs()
                    .say(
                        Tone.ERROR,
                        desk.texts().get("results.exportFailed", file.toString(), reason(e))))
        .start();
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private Writing png() {
    Image image = charts.picture().snapshot(null, null);
    return file -> Files.write(file, PngWriter.encode(image));
  }

  private Writing svg() {
    String document = charts.svg();
    return file -> Files.writeString(file, document);
  }

  private Writing csv() {
    ChartInput input = model.inputProperty().get();
    Viewport view = model.viewProperty().get();
    return file -> {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        Csv.write(input, view, out);
      }
    };
  }
}

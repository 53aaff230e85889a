package dev.jiggety.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Takes the texts of licences and the notices out of jars, each jar's into a folder of its name.
 * Run from its source by {@code packaging/build}; one process for all jars, of which there are
 * ninety.
 */
public final class Licences {
  private static final Pattern NAME =
      Pattern.compile(
          "(META-INF/)?([^/]*/)?(about|license|licence|notice|copying|copyright)[^/]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OTHER = Pattern.compile(".*\\.(class|xml|properties)");

  private Licences() {}

  /** {@code Licences FOLDER JAR...}: the folder gets one folder for each jar that has any. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String name : List.of(arguments).subList(1, arguments.length)) {
      Path file = Path.of(name);
      try (JarFile jar = new JarFile(file.toFile())) {
        List<? extends ZipEntry> texts =
            jar.stream().filter(entry -> !entry.isDirectory() && isText(entry.getName())).toList();
        Path own = folder.resolve(file.getFileName().toString().replaceFirst("\\.jar$", ""));
        for (ZipEntry text : texts) {
          Files.createDirectories(own);
          try (var content = jar.getInputStream(text)) {
            Files.write(own.resolve(text.getName().replace('/', '-')), content.readAllBytes());
          }
        }
      }
    }
  }

  private static boolean isText(String entry) {
    return NAME.matcher(entry).matches() && !OTHER.matcher(entry).matches();
  }
}

package dev.jiggety.agent.bench.patch;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A class path whose folders are archives, as Java keeps only classes of those. */
public final class PackedClasses {
  private PackedClasses() {}

  /**
   * The class path of this process, its folders packed.
   *
   * @param folder for the archives
   */
  public static String path(Path folder) throws IOException {
    List<String> packed = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      packed.add(Files.isDirectory(path) ? pack(path, folder, packed.size()) : element);
    }
    return String.join(File.pathSeparator, packed);
  }

  private static String pack(Path classes, Path folder, int number) throws IOException {
    Path archive = folder.resolve("classes-" + number + ".jar");
    try (OutputStream out = Files.newOutputStream(archive);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        jar.putNextEntry(new JarEntry(name));
        Files.copy(file, jar);
      }
    }
    return archive.toString();
  }
}

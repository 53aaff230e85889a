package dev.jiggety.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The classes of all modules, without those of tests, and the packages that the rules name. */
final class Product {
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
          .importPackages("dev.jiggety");

  static final String AGENT = "dev.jiggety.agent";
  static final String DESKTOP = "dev.jiggety.desktop";

  /**
   * Packages that rules name and that have no code yet. As soon as one has, its line goes: from
   * then on a rule that finds nothing to look at fails, as after a package was renamed.
   */
  static final Set<String> NOT_BUILT_YET = Set.of();

  private Product() {}

  /**
   * Checks a rule about classes of these packages (each with what is below it). It may find none of
   * them only while they all are not built yet.
   */
  static void check(ArchRule rule, String... packages) {
    check(rule, CLASSES, packages);
  }

  /** The same for other classes than the product's. */
  static void check(ArchRule rule, JavaClasses classes, String... packages) {
    rule.allowEmptyShould(NOT_BUILT_YET.containsAll(Set.of(packages))).check(classes);
  }

  /** Is there a class in this package or below it? */
  static boolean exists(String packageName) {
    return CLASSES.stream()
        .map(c -> c.getPackageName() + ".")
        .anyMatch(name -> name.startsWith(packageName + "."));
  }

  /** The packages, each with what is below it, as ArchUnit writes it. */
  static String[] trees(String root, String... names) {
    String[] trees = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      trees[i] = root + "." + names[i] + "..";
    }
    return trees;
  }
}

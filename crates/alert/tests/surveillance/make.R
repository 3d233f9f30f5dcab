# Makes ears.csv and cusum.csv: what R's surveillance says of invented counts.
# Rscript make.R, with Debian's r-cran-surveillance.
suppressMessages(library(surveillance))
written <- paste("surveillance", packageVersion("surveillance"), "on R", getRversion())
save <- function(table, file) {
  cat("# ", written, "\n", file = file, sep = "")
  table[] <- lapply(table, function(column) ifelse(is.na(column), "", format(column, digits = 17, trim = TRUE)))
  suppressWarnings(write.table(table, file, append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))
}

# Counts that vary more than Poisson counts, with a burst, a silence and a level that does not move.
set.seed(20200309)
restless <- c(rnbinom(40, mu = 12, size = 4), rnbinom(6, mu = 60, size = 4))
counts <- c(restless, rep(0, 12), rnbinom(20, mu = 2, size = 2), rep(5, 12))
series <- sts(observed = matrix(counts))
bounds <- function(method, first) {
  c(rep(NA, first - 1), upperbound(earsC(series, control = list(method = method)))[, 1])
}
save(data.frame(count = counts, c1 = bounds("C1", 8), c2 = bounds("C2", 10), c3 = bounds("C3", 12)), "ears.csv")

# A sum of log-likelihood ratios against a mean that is half as high again, for means with weekends.
mean <- rep(c(10, 11, 10, 9, 10, 6, 5), length.out = 60)
heard <- rnbinom(60, mu = mean * c(rep(1, 45), rep(1.5, 15)), size = 5)
control <- list(range = 1:60, c.ARL = 1e6, mu0 = mean, alpha = 1 / 5, theta = log(1.5), ret = "value", dir = "inc")
disease <- suppressWarnings(create.disProg(week = 1:60, observed = heard, state = rep(0, 60)))
found <- algo.glrnb(disease, control = control)
save(data.frame(count = heard, mean = mean, sum = as.vector(found$upperbound)), "cusum.csv")

